/** Networks for other engines: PyTorch and ONNX. */

export { type OnnxOptions, toOnnx } from "./onnx/to-onnx.ts";
export type { AnyNetwork } from "./trace/traced.ts";
