/** The contract of every network and block, under its class's name. */

export { CifarNet } from "./cifar-net.ts";
export { AlexNet, MobileNet, Vgg11 } from "./image-model.ts";
export { LeNet5 } from "./le-net5.ts";
export { DeepMlp, Mlp, MlpClassifier, NonlinearClassifier } from "./mlp.ts";
export { BasicBlock, DepthwiseSeparable, ResNet18, ResNet20 } from "./res-net.ts";
