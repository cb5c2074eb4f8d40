import type { Contract, None } from "../../np/internal.ts";

function withoutArguments(name: string): Contract<None, None> {
  return { name, positional: {}, options: {} };
}

export const ReLU: Contract<None, None> = withoutArguments("ReLU");
export const SELU: Contract<None, None> = withoutArguments("SELU");
export const Sigmoid: Contract<None, None> = withoutArguments("Sigmoid");
export const SiLU: Contract<None, None> = withoutArguments("SiLU");
export const Tanh: Contract<None, None> = withoutArguments("Tanh");

/**
 * α and λ of `SELU`, for which mean 0 and variance 1 are a fixed point.
 * The digits are PyTorch's, from the paper's authors.
 */
export const seluAlpha: number = 1.6732632423543772;
export const seluScale: number = 1.0507009873554805;
