import type { Contract } from "../../np/internal.ts";

function withoutArguments(name: string): Contract<object, object> {
  return { name, positional: {}, options: {} };
}

export const ReLU: Contract<object, object> = withoutArguments("ReLU");
export const SELU: Contract<object, object> = withoutArguments("SELU");
export const Sigmoid: Contract<object, object> = withoutArguments("Sigmoid");
export const SiLU: Contract<object, object> = withoutArguments("SiLU");
export const Tanh: Contract<object, object> = withoutArguments("Tanh");

/** α and λ of `SELU`, for which mean 0 and variance 1 are a fixed point: PyTorch's digits, from the paper's authors. */
export const seluAlpha: number = 1.6732632423543772;
export const seluScale: number = 1.0507009873554805;
