import type { DType, TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";
import { columnsSize } from "../../slide.ts";
import { convolve } from "./convolve.ts";
import { assign, binary, ternary, unary, where } from "./elementwise.ts";
import { gemm } from "./gemm.ts";
import { reduce } from "./reduce.ts";
import { sumProducts, sumSquares } from "./sums.ts";
import { addInPlace, updates } from "./update.ts";
import { columnsIn, largest } from "./windows.ts";

function allocate(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case "float64":
      return new Float64Array(size);
    case "float32":
      return new Float32Array(size);
    case "int32":
      return new Int32Array(size);
    case "uint8":
      return new Uint8Array(size);
    default:
      throw new TypeError(`dtype "${dtype}" is unknown; expected float64, float32, int32 or uint8`);
  }
}

/** The reference engine: ndarray-ops for element-wise work, register-tiled loops for gemm. No dependency on the host. */
export const jsEngine: Engine = {
  name: "js",
  allocate,
  assign,
  unary,
  binary,
  ternary,
  where,
  sumProducts,
  sumSquares,
  reduce,
  gemm,
  columns: (dtype, slide) => columnsIn(allocate(dtype, columnsSize(slide)), slide),
  convolve,
  largest,
  addInPlace,
  updates,
};
