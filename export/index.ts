/** Networks for other engines: PyTorch and ONNX. */

export { type ExportPyTorchOptions, exportPyTorch } from "./pytorch/folder.ts";
export type { AnyNetwork } from "./trace/traced.ts";
