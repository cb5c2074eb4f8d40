/** The contract of every layer, under its class's name. */

export { AdaptiveAvgPool2d } from "./adaptive-avg-pool2d.ts";
export { AvgPool2d } from "./avg-pool2d.ts";
export { BatchNorm1d, BatchNorm2d } from "./batch-norm.ts";
export { Bilinear } from "./bilinear.ts";
export { Identity, Residual, Sequential } from "./containers.ts";
export { ConvTranspose2d } from "./conv-transpose2d.ts";
export { Conv1d } from "./conv1d.ts";
export { Conv2d } from "./conv2d.ts";
export { conv2dByLoops, conv2dByLoopsBackward } from "./conv2d-by-loops.ts";
export { Dropout, Dropout2d } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export { Flatten } from "./flatten.ts";
export { GroupNorm } from "./group-norm.ts";
export { LayerNorm } from "./layer-norm.ts";
export { Linear } from "./linear.ts";
export { MaxPool2d } from "./max-pool2d.ts";
export { PadShortcut } from "./pad-shortcut.ts";
