/** Networks for other engines: PyTorch and ONNX. */

export type { AnyNetwork } from "./trace/traced.ts";
