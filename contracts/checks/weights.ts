import type { DType, Random } from "../../np/index.ts";
import { floatType, type OptionTable, rng } from "../../np/internal.ts";

/** The options of every layer and model with random weights. */
export interface LayerOptions {
  /** Where the initial weights come from; default: `random()`, a stream of the program's seed, which is printed once. */
  readonly rng?: Random;
  /**
   * The dtype of the parameters; default "float64". A float32 layer computes float64 x in float64, by NumPy's
   * rules; PyTorch refuses it.
   */
  readonly dtype?: DType;
}

export const weightOptions: OptionTable<LayerOptions> = { rng, dtype: floatType() };
