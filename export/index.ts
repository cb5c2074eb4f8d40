/** Networks for other engines: PyTorch and ONNX. */

export { type OnnxOptions, toOnnx } from "./onnx/to-onnx.ts";
export type { ExportPyTorchOptions } from "./pytorch/export-options.ts";
export { exportPyTorch } from "./pytorch/folder.ts";
export { type PyTorchModel, toPyTorch } from "./pytorch/to-pytorch.ts";
export type { GivenInput, GivenInputs } from "./trace/given.ts";
export type { AnyNetwork } from "./trace/traced.ts";
