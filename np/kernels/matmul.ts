import { floating, isFloat, promote } from "../dtype.ts";
import { engine, type FloatArray, type Matrix } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { broadcastShapes, formatShape, sameShape, sizeOf, unravelIndex } from "../shape.ts";
import { add } from "./elementwise.ts";
import { broadcastTo } from "./movement.ts";

/** A 2-D view as gemm reads it: rows or columns must lie contiguous, anything else is copied. */
function matrix(x: NDArray): Matrix {
  const [rows, columns] = x.shape as [number, number];
  const { strides, data, offset } = x;
  // An axis of length 1 is never stepped along, so its stride means nothing.
  const s0 = rows === 1 ? columns : (strides[0] as number);
  const s1 = columns === 1 ? 1 : (strides[1] as number);
  const flat = data as FloatArray;
  if (s1 === 1 && s0 >= columns) return { data: flat, offset, ld: s0, transposed: false };
  if ((s0 === 1 || rows === 1) && s1 >= rows) return { data: flat, offset, ld: s1, transposed: true };
  return { data: x.copy().data as FloatArray, offset: 0, ld: columns, transposed: false };
}

/** (m, k) · (k, n). */
function lengthsOf(op: string, a: NDArray, b: NDArray): readonly [m: number, n: number, k: number] {
  for (const x of [a, b]) checkArray(op, x);
  const given = (): string => `${formatShape(a.shape)} and ${formatShape(b.shape)}`;
  const [m, k] = a.shape.slice(-2) as [number, number];
  const [kb, n] = b.shape.slice(-2) as [number, number];
  if (a.ndim < 2 || b.ndim < 2)
    throw new ShapeError(`${op}: ${given()}: both need two axes; x.reshape(1, -1) makes a vector a row`);
  if (k !== kb) {
    const hint = k === n ? "; did you mean b.mT?" : m === kb ? "; did you mean a.mT?" : "";
    throw new ShapeError(`${op}: ${given()}: the inner lengths ${k} and ${kb} must be equal${hint}`);
  }
  return [m, n, k];
}

/** input + a · b. A row is what the product begins with; anything else is added to it. */
export function addmm(input: NDArray, a: NDArray, b: NDArray): NDArray {
  checkArray("addmm", input);
  const [m, n, k] = lengthsOf("addmm", a, b);
  if (a.ndim > 2 || b.ndim > 2) {
    throw new ShapeError(
      `addmm: ${formatShape(a.shape)} and ${formatShape(b.shape)}: both need two axes and no more; a.matmul(b).add(input) takes batches`,
    );
  }
  if (!sameShape(broadcastShapes("addmm", input.shape, [m, n]), [m, n])) {
    throw new ShapeError(
      `addmm: input ${formatShape(input.shape)} does not stretch to ${formatShape([m, n])}, the shape of a · b; a bias is (${n},)`,
    );
  }
  const dtype = [a.dtype, b.dtype].reduce(promote, input.dtype);
  const isRow = input.size === n && (input.shape.at(-1) ?? 1) === n;
  if (!isRow || !isFloat(dtype)) return add(matmul(a, b), input);
  const [row, x, y] = [input, a, b].map((given) => given.astype(dtype)) as [NDArray, NDArray, NDArray];
  const out = NDArray.unfilled([m, n], dtype);
  engine().gemm(m, n, k, matrix(x), matrix(y), out.data as FloatArray, row.flat() as FloatArray);
  return out;
}

export function matmul(a: NDArray, b: NDArray): NDArray {
  const [m, n, k] = lengthsOf("matmul", a, b);
  const dtype = promote(a.dtype, b.dtype);
  if (!isFloat(dtype)) return matmul(a.astype("float64"), b.astype("float64")).astype(dtype);
  const [x, y] = [a.astype(dtype), b.astype(dtype)];
  const batch = broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = NDArray.unfilled([...batch, m, n], floating(dtype));
  const data = out.flat() as FloatArray;
  if (batch.length === 0) {
    engine().gemm(m, n, k, matrix(x), matrix(y), data);
    return out;
  }
  const [xs, ys] = [broadcastTo(x, [...batch, m, k]), broadcastTo(y, [...batch, k, n])];
  for (let i = 0; i < sizeOf(batch); i++) {
    const index = unravelIndex(i, batch);
    engine().gemm(
      m,
      n,
      k,
      matrix(xs.slice(...index)),
      matrix(ys.slice(...index)),
      data.subarray(i * m * n, (i + 1) * m * n),
    );
  }
  return out;
}
