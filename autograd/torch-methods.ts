import type { DType, NDArray, Nested } from "../np/index.ts";
import { expectArgument, oneOf } from "../np/internal.ts";
import type { Tensor } from "./tensor.ts";
import { ProductMethods } from "./torch-methods/products.ts";

export type { Operand } from "./torch-methods/elements.ts";
export type { VarianceOptions } from "./torch-methods/reductions.ts";
export type { ValuesAndIndices } from "./torch-methods/values-and-indices.ts";

/**
 * The methods of PyTorch's tensors that NumPy's arrays do not have, or have with another meaning. Here are those that copy and convert;
 * the others stand by family in torch-methods/.
 */
export abstract class TorchMethods extends ProductMethods {
  abstract readonly data: NDArray;
  abstract readonly requiresGrad: boolean;

  /** A copy with memory of its own; its gradient goes on to x. `detach().clone()` is a copy without history. */
  clone(): Tensor {
    return this.apply("astype", this.self(), this.dtype);
  }
  /**
   * The values, in the same memory. NumPy's functions take them.
   * @throws TypeError for a tensor that requires a gradient: `x.detach().numpy()`, or `x.data`
   */
  numpy(): NDArray {
    if (this.requiresGrad)
      throw new TypeError(
        "numpy: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead, or x.data",
      );
    return this.data;
  }
  /** The values as nested JavaScript numbers. */
  tolist(): Nested {
    return this.data.toArray();
  }
  /**
   * The same values in another dtype: "float64", "float32", "int32" or "uint8". There are no devices.
   * @throws TypeError for anything else
   */
  to(dtype: DType): Tensor {
    expectArgument("to", "dtype", oneOf("float64", "float32", "int32", "uint8"), dtype);
    return this.astype(dtype);
  }
  /** The same values in float32. */
  float(): Tensor {
    return this.astype("float32");
  }
  /** The same values in float64. */
  double(): Tensor {
    return this.astype("float64");
  }
  /** The same values in int32. */
  int(): Tensor {
    return this.astype("int32");
  }
  /** The same values in int32, the widest integers here; PyTorch's are int64. */
  long(): Tensor {
    return this.astype("int32");
  }
  /** 1 where an element is not 0, else 0 (uint8, there is no dtype for booleans). */
  bool(): Tensor {
    return this.notEqual(0);
  }
}
