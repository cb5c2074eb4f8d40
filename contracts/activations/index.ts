/** The contract of every activation, under its class's name. */

export { ELU } from "./elu.ts";
export { GELU } from "./gelu.ts";
export { Hardtanh } from "./hardtanh.ts";
export { LeakyReLU } from "./leaky-relu.ts";
export { PReLU } from "./prelu.ts";
export { LogSoftmax, Softmax } from "./softmax.ts";
export { Softplus } from "./softplus.ts";
export { ReLU, SELU, Sigmoid, SiLU, Tanh } from "./without-arguments.ts";
