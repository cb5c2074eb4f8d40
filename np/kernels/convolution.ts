import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { type DType, floating, promote } from "../dtype.ts";
import type { Convolution, FloatArray } from "../engine.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape } from "../shape.ts";
import { checkPair, checkWindow, type Pair, type Window } from "../window.ts";
import { windowGeometry } from "../window-geometry.ts";

// ⟨y, conv(x, w)⟩ is linear in y, in x and in w; each function computes the array that one of them
// is multiplied by.

export function conv2d(x: NDArray, weight: NDArray, window: Window, groups: number): NDArray {
  checkArrays("conv2d", x, weight);
  const plan = planOf("conv2d", x, weight, x.shape, weight.shape, window, groups);
  const out = NDArray.unfilled(plan.y, plan.dtype);
  engine().convolve("y", plan, numbers(x, plan), numbers(weight, plan), numbers(out, plan));
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
  checkGroups("convTranspose2d", groups);
  checkPair("convTranspose2d", "size", size);
  const [samples, perGroup] = [y.shape[0] as number, weight.shape[1] as number];
  const shape = [samples, perGroup * groups, ...size];
  const plan = planOf("convTranspose2d", y, weight, shape, weight.shape, window, groups);
  checkOutput("convTranspose2d", y, plan);
  const out = NDArray.unfilled(shape, plan.dtype);
  engine().convolve("x", plan, numbers(out, plan), numbers(weight, plan), numbers(y, plan));
  return out;
}

export function conv2dWeight(y: NDArray, x: NDArray, window: Window, groups: number): NDArray {
  checkArrays("conv2dWeight", y, x);
  const shape = [y.shape[1] as number, (x.shape[1] as number) / groups, ...window.kernel];
  const plan = planOf("conv2dWeight", y, x, x.shape, shape, window, groups);
  checkOutput("conv2dWeight", y, plan);
  const out = NDArray.empty(shape, plan.dtype);
  engine().convolve("w", plan, numbers(x, plan), numbers(out, plan), numbers(y, plan));
  return out;
}

interface Plan extends Convolution {
  readonly dtype: "float64" | "float32";
  /** (N, M, OH, OW). */
  readonly y: readonly number[];
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
  checkWindow(op, window);
  checkGroups(op, groups);
  const [samples, channels] = x as [number, number];
  const [out, perGroup, ...kernel] = weight as [number, number, number, number];
  const fits = x.length === 4 && weight.length === 4 && sameShape(kernel, window.kernel);
  if (!fits || perGroup * groups !== channels || out % groups !== 0) {
    throw new ShapeError(
      `${op}: images ${formatShape(x)} and kernels ${formatShape(weight)} in ${groups} group(s) of windows ${window.kernel.join(" × ")}; expected (N, C, H, W) and (M, C/groups, KH, KW)`,
    );
  }
  const dtype = floating(promote(a.dtype, b.dtype));
  const geometry = windowGeometry(op, x, window);
  return { dtype, samples, groups, rows: out / groups, geometry, y: [samples, out, ...geometry.positions] };
}

function checkGroups(op: string, groups: number): void {
  if (Number.isInteger(groups) && groups >= 1) return;
  throw new RangeError(`${op}: groups is ${describe(groups)}, expected a whole number >= 1`);
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
