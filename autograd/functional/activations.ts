import { contracts } from "../../contracts/index.ts";
import { type Contract, type None, settleOptions } from "../../np/internal.ts";
import { ELU } from "../activations/elu.ts";
import { GELU } from "../activations/gelu.ts";
import { Hardtanh } from "../activations/hardtanh.ts";
import { LeakyReLU } from "../activations/leaky-relu.ts";
import { LogSoftmax } from "../activations/log-softmax.ts";
import { ReLU } from "../activations/relu.ts";
import { SELU } from "../activations/selu.ts";
import { Sigmoid } from "../activations/sigmoid.ts";
import { SiLU } from "../activations/silu.ts";
import { Softmax } from "../activations/softmax.ts";
import { Softplus } from "../activations/softplus.ts";
import { Tanh } from "../activations/tanh.ts";
import type { Tensor } from "../tensor.ts";

export interface GeluOptions {
  /** "tanh" is an approximation; default "none". */
  readonly approximate?: "none" | "tanh";
}

const gelus: Contract<None, GeluOptions> = {
  name: "gelu",
  positional: {},
  options: { approximate: contracts.GELU.positional.approximate },
};

/**
 * max(x, 0), as the layer `ReLU`.
 * @example functional.relu(tensor([-1, 2])) // [0, 2]
 */
export function relu(x: Tensor): Tensor {
  return new ReLU().forward(x);
}
/** x Φ(x), as the layer `GELU`. */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  return new GELU(settleOptions("gelu", gelus, options).approximate).forward(x);
}
/** x σ(x), as the layer `SiLU`. */
export function silu(x: Tensor): Tensor {
  return new SiLU().forward(x);
}
/** α (eˣ − 1) where x ≤ 0, else x, as the layer `ELU`; `alpha` is 1 by default. */
export function elu(x: Tensor, alpha?: number): Tensor {
  return new ELU(alpha).forward(x);
}
/** λ x, or λ α (eˣ − 1) where x ≤ 0, as the layer `SELU`. */
export function selu(x: Tensor): Tensor {
  return new SELU().forward(x);
}
/** `negativeSlope` · x where x ≤ 0, else x, as the layer `LeakyReLU`; the slope is 0.01 by default. */
export function leakyRelu(x: Tensor, negativeSlope?: number): Tensor {
  return new LeakyReLU(negativeSlope).forward(x);
}
/** x between `minVal` (default −1) and `maxVal` (default 1), as the layer `Hardtanh`. */
export function hardtanh(x: Tensor, minVal: number = -1, maxVal: number = 1): Tensor {
  return new Hardtanh(minVal, { maxVal }).forward(x);
}
/** 1 / (1 + e⁻ˣ), as the layer `Sigmoid`. */
export function sigmoid(x: Tensor): Tensor {
  return new Sigmoid().forward(x);
}
/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), as the layer `Tanh`. */
export function tanh(x: Tensor): Tensor {
  return new Tanh().forward(x);
}
/** log(1 + e^βx) / β, as the layer `Softplus`; `beta` is 1 by default, `threshold` 20. */
export function softplus(x: Tensor, beta?: number, threshold?: number): Tensor {
  return new Softplus(beta, threshold === undefined ? {} : { threshold }).forward(x);
}
/** eˣ / Σ eˣ along `dim`, as the layer `Softmax`. */
export function softmax(x: Tensor, dim: number): Tensor {
  return new Softmax(dim).forward(x);
}
/** The logarithms of `softmax`, as the layer `LogSoftmax`. */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return new LogSoftmax(dim).forward(x);
}
