import type { DType, Random } from "../../np/index.ts";

/** What every layer and model with random weights takes. */
export interface LayerOptions {
  /** Where the initial weights come from; default: a fresh `random()`, whose seed is printed. */
  readonly rng?: Random;
  /** Of the parameters; default "float64". */
  readonly dtype?: DType;
}

export interface LinearOptions extends LayerOptions {
  /** Whether y = xWᵀ has a + b; default true. */
  readonly bias?: boolean;
}
