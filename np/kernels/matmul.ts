import { engine } from "../current-engine.ts";
import { floating, isFloat, promote } from "../dtype.ts";
import type { FloatArray, Matrix } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { broadcastShapes, formatShape, sameShape, sizeOf, unravelIndex } from "../shape.ts";
import { add } from "./elementwise.ts";
import { broadcastTo } from "./movement.ts";

/** How gemm reads the last two axes; null unless the rows or the columns are contiguous. */
function layoutOf({ shape, strides }: NDArray): Pick<Matrix, "ld" | "transposed"> | null {
  const [rows, columns] = shape.slice(-2) as [number, number];
  // An axis of length 1 is never stepped along, so its stride means nothing.
  const s0 = rows === 1 ? columns : (strides.at(-2) as number);
  const s1 = columns === 1 ? 1 : (strides.at(-1) as number);
  if (s1 === 1 && s0 >= columns) return { ld: s0, transposed: false };
  if ((s0 === 1 || rows === 1) && s1 >= rows) return { ld: s1, transposed: true };
  return null;
}

/** A matrix read directly through its strides, or a copy if gemm cannot read those. */
function matrix(x: NDArray): Matrix {
  const layout = layoutOf(x);
  if (layout) return { data: x.data as FloatArray, offset: x.offset, ...layout };
  return { data: x.copy().data as FloatArray, offset: 0, ld: x.shape[1] as number, transposed: false };
}

/** Matrices broadcast to the batch, and how far apart they are along each of its axes. */
function stretched(x: NDArray, batch: readonly number[]): { first: Matrix; strides: readonly number[] } {
  const source = layoutOf(x) ? x : x.copy();
  const { data, offset, strides } = broadcastTo(source, [...batch, ...source.shape.slice(-2)]);
  const { ld, transposed } = layoutOf(source) as Pick<Matrix, "ld" | "transposed">;
  return { first: { data: data as FloatArray, offset, ld, transposed }, strides: strides.slice(0, -2) };
}

/**
 * The number of consecutive products in the batch whose matrices are evenly spaced on both sides,
 * and those steps. It covers one axis, or several that continue one another.
 */
function evenRun(
  batch: readonly number[],
  a: readonly number[],
  b: readonly number[],
): readonly [run: number, stepA: number, stepB: number] {
  let [run, stepA, stepB] = [1, 0, 0];
  for (let axis = batch.length - 1; axis >= 0; axis--) {
    const [n, nextA, nextB] = [batch[axis], a[axis], b[axis]] as [number, number, number];
    if (n === 1) continue;
    if (run === 1) [stepA, stepB] = [nextA, nextB];
    else if (nextA !== run * stepA || nextB !== run * stepB) break;
    run *= n;
  }
  return [run, stepA, stepB];
}

/** The lengths of (m, k) · (k, n), once the shapes are checked. A vector on the left is a row, on the right a column. */
function lengthsOf(op: string, a: NDArray, b: NDArray): readonly [m: number, n: number, k: number] {
  for (const x of [a, b]) checkArray(op, x);
  const given = (): string => `${formatShape(a.shape)} and ${formatShape(b.shape)}`;
  if (a.ndim === 0 || b.ndim === 0)
    throw new ShapeError(
      `${op}: ${given()}: a single number has no axis to sum over; a.mul(b) multiplies by it`,
    );
  const [m, k] = (a.ndim === 1 ? [1, a.size] : a.shape.slice(-2)) as [number, number];
  const [kb, n] = (b.ndim === 1 ? [b.size, 1] : b.shape.slice(-2)) as [number, number];
  if (k !== kb) {
    const hint = k === n ? "; did you mean b.mT?" : m === kb ? "; did you mean a.mT?" : "";
    throw new ShapeError(`${op}: ${given()}: the inner lengths ${k} and ${kb} must be equal${hint}`);
  }
  return [m, n, k];
}

/** input + a · b. The product starts from a row; any other input is added to it afterwards. */
export function addmm(input: NDArray, a: NDArray, b: NDArray): NDArray {
  checkArray("addmm", input);
  const [m, n, k] = lengthsOf("addmm", a, b);
  if (a.ndim !== 2 || b.ndim !== 2) {
    throw new ShapeError(
      `addmm: ${formatShape(a.shape)} and ${formatShape(b.shape)}: both must have exactly two axes; for batches and vectors, use a.matmul(b).add(input)`,
    );
  }
  if (!sameShape(broadcastShapes("addmm", input.shape, [m, n]), [m, n])) {
    throw new ShapeError(
      `addmm: input ${formatShape(input.shape)} does not broadcast to ${formatShape([m, n])}, the shape of a · b; a bias has shape (${n},)`,
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

/** The product of a vector and a matrix, of a matrix and a vector, or of two vectors: y loses the axis that the vector gets. */
function vectorProduct(a: NDArray, b: NDArray, k: number): NDArray {
  const y = matmul(a.ndim === 1 ? a.reshape(1, k) : a, b.ndim === 1 ? b.reshape(k, 1) : b);
  const [m, n] = y.shape.slice(-2) as [number, number];
  return y.reshape([...y.shape.slice(0, -2), ...(a.ndim === 1 ? [] : [m]), ...(b.ndim === 1 ? [] : [n])]);
}

export function matmul(a: NDArray, b: NDArray): NDArray {
  const [m, n, k] = lengthsOf("matmul", a, b);
  if (a.ndim === 1 || b.ndim === 1) return vectorProduct(a, b, k);
  if (a.ndim > 2 && b.ndim === 2) {
    const [leading, steps] = [a.shape.slice(0, -1), a.strides.slice(0, -1)];
    const [rows, step] = evenRun(leading, steps, steps);
    // Several matrices times one are one product of all their rows, if those are evenly spaced.
    if (rows === sizeOf(leading)) {
      const y = matmul(a.viewAs([rows, k], [step, a.strides.at(-1) as number], a.offset), b);
      return y.reshape([...leading, n]);
    }
  }
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
  const [left, right] = [stretched(x, batch), stretched(y, batch)];
  const [run, stepA, stepB] = evenRun(batch, left.strides, right.strides);
  for (let i = 0; i < sizeOf(batch); i += run) {
    const index = unravelIndex(i, batch);
    const a = { ...at(left, index), step: stepA };
    const b = { ...at(right, index), step: stepB };
    engine().gemmBatch(run, [m, n, k], a, b, data.subarray(i * m * n, (i + run) * m * n));
  }
  return out;
}

function at({ first, strides }: ReturnType<typeof stretched>, index: readonly number[]): Matrix {
  const offset = index.reduce((sum, i, axis) => sum + i * (strides[axis] as number), first.offset);
  return { ...first, offset };
}
