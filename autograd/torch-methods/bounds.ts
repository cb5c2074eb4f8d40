import { ceil, floor, isfinite, isinf, isnan, round, trunc } from "../../np/index.ts";
import { type Contract, integer, type None, optional, settleOptions } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { ElementMethods, type Operand } from "./elements.ts";

export interface RoundOptions {
  /** The digits after the point; default 0. */
  readonly decimals?: number;
}

const rounding: Contract<None, RoundOptions> = {
  name: "round",
  positional: {},
  options: { decimals: optional(integer(), 0) },
};

/** PyTorch's methods that round, limit and classify numbers. */
export abstract class BoundMethods extends ElementMethods {
  /** The nearest whole number, halves to the even one; without a gradient. `x.round({ decimals: 2 })`. */
  round(options: RoundOptions = {}): Tensor {
    return round(this.self(), settleOptions("round", rounding, options).decimals);
  }
  /** The largest whole number ≤ x; without a gradient. */
  floor(): Tensor {
    return floor(this.self());
  }
  /** The smallest whole number ≥ x; without a gradient. */
  ceil(): Tensor {
    return ceil(this.self());
  }
  /** x without its fraction; without a gradient. */
  trunc(): Tensor {
    return trunc(this.self());
  }
  /** The larger of both, element by element; NaN wins. */
  maximum(b: Operand): Tensor {
    return this.apply("maximum", this.self(), b);
  }
  /** The smaller of both, element by element; NaN wins. */
  minimum(b: Operand): Tensor {
    return this.apply("minimum", this.self(), b);
  }
  /**
   * At least `min` and at most `max`; null sets no limit. Where x is limited, its gradient is 0.
   * @throws TypeError without any limit
   * @example tensor([-2, 0.5, 2]).clamp(-1, 1) // [-1, 0.5, 1]
   */
  clamp(min: Operand | null = null, max: Operand | null = null): Tensor {
    if (min === null && max === null)
      throw new TypeError(
        "clamp: At least one of 'min' or 'max' must not be None: x.clamp(0), x.clamp(null, 1)",
      );
    const low = min === null ? this.self() : this.apply("where", this.less(min), min, this.self());
    return max === null ? low : low.apply("where", low.greater(max), max, low);
  }

  /** 1 where x is NaN, else 0. */
  isnan(): Tensor {
    return isnan(this.self());
  }
  /** 1 where x is infinite, else 0. */
  isinf(): Tensor {
    return isinf(this.self());
  }
  /** 1 where x is neither NaN nor infinite, else 0. */
  isfinite(): Tensor {
    return isfinite(this.self());
  }
}
