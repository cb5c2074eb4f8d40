/** Networks for other engines: PyTorch and ONNX. */

export { type ExportPyTorchOptions, exportPyTorch } from "./pytorch/folder.ts";
export { type PyTorchModel, toPyTorch } from "./pytorch/to-pytorch.ts";
export type { GivenInput } from "./trace/given.ts";
export type { AnyNetwork } from "./trace/traced.ts";
