import { dtypeOf } from "../../dtype.ts";
import type { Convolution, Engine, FloatArray, Matrix } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";

/**
 * Works sample by sample with one matrix of columns, (C·KH·KW, OH·OW), which stays in the cache.
 * The columns of a whole batch would be KH·KW times as large as x, and the tape would keep them
 * until backward. With Y, W and S the matrices of y, of w and of the columns in one group: Y = W S;
 * S = Wᵀ Y, which is folded into x; W = Σ over samples of Y Sᵀ.
 */
export function convolve(
  this: Engine,
  into: "y" | "x" | "w",
  { samples, groups, rows, geometry }: Convolution,
  x: FloatArray,
  w: FloatArray,
  y: FloatArray,
): void {
  const [image, length] = [geometry.channels * sizeOf(geometry.size), sizeOf(geometry.positions)];
  const depth = (geometry.channels / groups) * sizeOf(geometry.kernel);
  const columns = this.columns(dtypeOf(x), geometry);
  const seen = columns.data as FloatArray;
  for (let n = 0; n < samples; n++) {
    if (into !== "x") columns.unfold(x, n * image);
    for (let g = 0; g < groups; g++) {
      const [W, S, Y] = [
        matrix(w, g, rows, depth),
        matrix(seen, g, depth, length),
        matrix(y, n * groups + g, rows, length),
      ];
      if (into === "y") this.gemm(rows, length, depth, W, S, memory(Y, rows));
      else if (into === "x") this.gemm(depth, length, rows, transposed(W), Y, memory(S, depth));
      else this.gemm(rows, depth, length, Y, transposed(S), memory(W, rows), n > 0);
    }
    if (into === "x") columns.fold(x, n * image);
  }
}

/** The i-th of several matrices stored one after another. */
function matrix(data: FloatArray, i: number, rows: number, columns: number): Matrix {
  return { data, offset: i * rows * columns, ld: columns, transposed: false };
}

function transposed(x: Matrix): Matrix {
  return { ...x, transposed: true };
}

/** The memory that a product is written to. */
function memory({ data, offset, ld }: Matrix, rows: number): FloatArray {
  return data.subarray(offset, offset + rows * ld);
}
