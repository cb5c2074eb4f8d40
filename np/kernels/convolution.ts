import { type DType, floating, promote } from "../dtype.ts";
import { engine, type FloatArray, type Matrix } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape, sizeOf } from "../shape.ts";
import { type Columns, slideOf } from "../slide.ts";
import type { Pair, Window } from "../window.ts";

// Three readings of one number, ⟨y, conv(x, w)⟩: what it is linear in y, in x, in w. All go sample by sample through one matrix of columns,
// (C·KH·KW, OH·OW), that stays in the cache; those of a whole batch are KH·KW times x, and on the tape would be kept until backward.

export function conv2d(x: NDArray, weight: NDArray, window: Window, groups: number): NDArray {
  checkArrays("conv2d", x, weight);
  const plan = planOf("conv2d", x, weight, x.shape, weight.shape, window, groups);
  const { samples, rows, depth, length, columns } = plan;
  const seen = columns.data as FloatArray;
  const out = NDArray.empty(plan.y, plan.dtype);
  const [from, w, to] = [numbers(x, plan), numbers(weight, plan), out.flat() as FloatArray];
  for (let n = 0; n < samples; n++) {
    columns.unfold(from, n * plan.image);
    for (let g = 0; g < groups; g++) {
      const y = to.subarray((n * groups + g) * rows * length, (n * groups + g + 1) * rows * length);
      engine().gemm(rows, length, depth, matrix(w, g, rows, depth), matrix(seen, g, depth, length), y);
    }
  }
  return out;
}

export function convTranspose2d(
  y: NDArray,
  weight: NDArray,
  window: Window,
  groups: number,
  size: Pair,
): NDArray {
  checkArrays("convTranspose2d", y, weight);
  const [samples, perGroup] = [y.shape[0] as number, weight.shape[1] as number];
  const shape = [samples, perGroup * groups, ...size];
  const plan = planOf("convTranspose2d", y, weight, shape, weight.shape, window, groups);
  const { rows, depth, length, columns } = plan;
  checkOutput("convTranspose2d", y, plan);
  const out = NDArray.empty(shape, plan.dtype);
  const [from, w, to] = [numbers(y, plan), numbers(weight, plan), out.flat()];
  for (let n = 0; n < samples; n++) {
    for (let g = 0; g < groups; g++) {
      const seen = columns.data.subarray(g * depth * length, (g + 1) * depth * length) as FloatArray;
      const [a, b] = [transposed(matrix(w, g, rows, depth)), matrix(from, n * groups + g, rows, length)];
      engine().gemm(depth, length, rows, a, b, seen);
    }
    columns.fold(to, n * plan.image);
  }
  return out;
}

export function conv2dWeight(y: NDArray, x: NDArray, window: Window, groups: number): NDArray {
  checkArrays("conv2dWeight", y, x);
  const shape = [y.shape[1] as number, (x.shape[1] as number) / groups, ...window.kernel];
  const plan = planOf("conv2dWeight", y, x, x.shape, shape, window, groups);
  const { samples, rows, depth, length, columns } = plan;
  checkOutput("conv2dWeight", y, plan);
  const out = NDArray.empty(shape, plan.dtype);
  const [dys, from, to] = [numbers(y, plan), numbers(x, plan), out.flat() as FloatArray];
  for (let n = 0; n < samples; n++) {
    columns.unfold(from, n * plan.image);
    for (let g = 0; g < groups; g++) {
      const a = matrix(dys, n * groups + g, rows, length);
      const b = transposed(matrix(columns.data as FloatArray, g, depth, length));
      engine().gemm(rows, depth, length, a, b, to.subarray(g * rows * depth, (g + 1) * rows * depth), n > 0);
    }
  }
  return out;
}

/** The lengths of one convolution: for each group `rows` of w, each `depth` long, times `length` columns of x. */
interface Plan {
  readonly dtype: "float64" | "float32";
  readonly samples: number;
  readonly rows: number;
  readonly depth: number;
  readonly length: number;
  /** C · H · W. */
  readonly image: number;
  /** (N, M, OH, OW). */
  readonly y: readonly number[];
  /** For what the window sees of one sample. */
  readonly columns: Columns;
}

function planOf(
  op: string,
  a: NDArray,
  b: NDArray,
  x: readonly number[],
  weight: readonly number[],
  window: Window,
  groups: number,
): Plan {
  const [samples, channels] = x as [number, number];
  const [out, perGroup, ...kernel] = weight as [number, number, number, number];
  const fits = x.length === 4 && weight.length === 4 && sameShape(kernel, window.kernel);
  if (!fits || perGroup * groups !== channels || out % groups !== 0) {
    throw new ShapeError(
      `${op}: images ${formatShape(x)} and kernels ${formatShape(weight)} in ${groups} group(s) of windows ${window.kernel.join(" × ")}; expected (N, C, H, W) and (M, C/groups, KH, KW)`,
    );
  }
  const dtype = floating(promote(a.dtype, b.dtype));
  const slide = slideOf(op, x, window);
  const [depth, length] = [sizeOf(weight.slice(1)), sizeOf(slide.positions)];
  return {
    dtype,
    samples,
    rows: out / groups,
    depth,
    length,
    image: sizeOf(x.slice(1)),
    y: [samples, out, ...slide.positions],
    columns: engine().columns(dtype, slide),
  };
}

function checkArrays(op: string, ...given: readonly NDArray[]): void {
  for (const x of given) checkArray(op, x);
}

function checkOutput(op: string, y: NDArray, plan: Plan): void {
  if (!sameShape(y.shape, plan.y))
    throw new ShapeError(`${op}: y has shape ${formatShape(y.shape)}, expected ${formatShape(plan.y)}`);
}

function numbers(x: NDArray, { dtype }: { readonly dtype: DType }): FloatArray {
  return x.astype(dtype).flat() as FloatArray;
}

/** The i-th of matrices that lie one behind the other. */
function matrix(data: FloatArray, i: number, rows: number, columns: number): Matrix {
  return { data, offset: i * rows * columns, ld: columns, transposed: false };
}

function transposed(x: Matrix): Matrix {
  return { ...x, transposed: true };
}
