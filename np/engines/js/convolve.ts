import { dtypeOf } from "../../dtype.ts";
import type { Convolution, Engine, FloatArray, Matrix } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";

/**
 * Sample by sample through one matrix of columns, (C·KH·KW, OH·OW), that stays in the cache; the columns of a whole batch are KH·KW times x,
 * and on the tape would be kept until backward. With Y, W the matrices of y and w in one group, S of its columns:
 * Y = W S, and so S = Wᵀ Y, added where the window saw it, and W = Σ over samples of Y Sᵀ.
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

/** The i-th of matrices that lie one behind the other. */
function matrix(data: FloatArray, i: number, rows: number, columns: number): Matrix {
  return { data, offset: i * rows * columns, ld: columns, transposed: false };
}

function transposed(x: Matrix): Matrix {
  return { ...x, transposed: true };
}

/** Where a product is written to. */
function memory({ data, offset, ld }: Matrix, rows: number): FloatArray {
  return data.subarray(offset, offset + rows * ld);
}
