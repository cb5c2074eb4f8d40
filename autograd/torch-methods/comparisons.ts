import { array, equal, gather, min, type NDArray, Operators, sameShape } from "../../np/index.ts";
import { argument, expectArgument, type Required } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { BoundMethods } from "./bounds.ts";
import type { Operand } from "./elements.ts";

/** An argument that is a tensor, or an array as a constant. */
export const tensorOrArray: Required<Tensor | NDArray> = argument(
  "array",
  "a tensor or an array",
  (x) => x instanceof Operators,
);

/** PyTorch's comparisons, and what masks choose. Masks are uint8, 0 or 1. */
export abstract class ComparisonMethods extends BoundMethods {
  /** a = b, element by element; NaN equals nothing. */
  eq(b: Operand): Tensor {
    return this.applyConstant("equal", this.self(), b);
  }
  /** a ≠ b, element by element. */
  ne(b: Operand): Tensor {
    return this.notEqual(b);
  }
  /** a > b, element by element. */
  gt(b: Operand): Tensor {
    return this.greater(b);
  }
  /** a ≥ b, element by element. */
  ge(b: Operand): Tensor {
    return this.greaterEqual(b);
  }
  /** a < b, element by element. */
  lt(b: Operand): Tensor {
    return this.less(b);
  }
  /** a ≤ b, element by element. */
  le(b: Operand): Tensor {
    return this.lessEqual(b);
  }
  /** Whether both have the same shape and the same elements. NumPy's `array_equal`; `eq` compares element by element. */
  equal(b: Tensor | NDArray): boolean {
    expectArgument("equal", "b", tensorOrArray, b);
    return (
      sameShape(this.shape, b.shape) && min(equal<Tensor | NDArray>(this.self(), b) as Tensor).item() === 1
    );
  }

  /**
   * x where the condition is not 0, else `other`.
   * @example tensor([1, -2]).where(tensor([1, 0]), 0) // [1, 0]
   */
  where(condition: Tensor | NDArray, other: Operand): Tensor {
    expectArgument("where", "condition", tensorOrArray, condition);
    return this.apply("where", condition, this.self(), other);
  }
  /**
   * `value` where the mask is not 0, else x. The mask broadcasts to x's shape.
   * @example tensor([1, 2]).maskedFill(tensor([0, 1]), -9) // [1, -9]
   */
  maskedFill(mask: Tensor | NDArray, value: Operand): Tensor {
    expectArgument("maskedFill", "mask", tensorOrArray, mask);
    return this.apply("where", mask.broadcastTo(this.shape), value, this.self());
  }
  /**
   * The elements where the mask is not 0, in one row. The mask broadcasts to x's shape.
   * @example tensor([1, 2, 3]).maskedSelect(tensor([1, 0, 1])) // [1, 3]
   */
  maskedSelect(mask: Tensor | NDArray): Tensor {
    expectArgument("maskedSelect", "mask", tensorOrArray, mask);
    const chosen = mask.broadcastTo(this.shape).notEqual(0);
    const flags = ("node" in chosen ? chosen.data : chosen).flat();
    const positions = Array.from(flags.keys()).filter((i) => flags[i] === 1);
    return gather(this.reshape(-1), array(positions, { dtype: "int32" }), 0);
  }
}
