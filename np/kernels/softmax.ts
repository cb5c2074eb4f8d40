import { engine } from "../current-engine.ts";
import { type DType, floating, promote, type TypedArray } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray, checkOperand } from "../operand.ts";
import { formatShape, normalizeAxis, sameShape } from "../shape.ts";
import { transpose } from "./movement.ts";

/** −Σ t log softmax(logits) along an axis. */
export function softmaxCrossEntropy(logits: NDArray, t: NDArray, axis: number): NDArray {
  const along = checked("softmaxCrossEntropy", logits, t, axis);
  const dtype = floating(promote(logits.dtype, t.dtype));
  const out = NDArray.unfilled(without(logits.shape, along), dtype);
  const length = logits.shape[along] as number;
  engine().softmaxCrossEntropy(out.data, rows(logits, along, dtype), rows(t, along, dtype), length);
  return out;
}

/** (softmax(logits) · Σ t − t) · scale along an axis. */
export function softmaxMinus(logits: NDArray, t: NDArray, scale: NDArray | number, axis: number): NDArray {
  const along = checked("softmaxMinus", logits, t, axis);
  checkOperand("softmaxMinus", scale);
  const shape = without(logits.shape, along);
  if (typeof scale !== "number" && !sameShape(scale.shape, shape)) {
    throw new ShapeError(
      `softmaxMinus: scale has shape ${formatShape(scale.shape)}, expected ${formatShape(shape)}: one number for each sum along axis ${axis} of ${formatShape(logits.shape)}; or pass one number for all`,
    );
  }
  const narrow = promote(logits.dtype, t.dtype);
  const dtype = floating(typeof scale === "number" ? narrow : promote(narrow, scale.dtype));
  const length = logits.shape[along] as number;
  const out = NDArray.unfilled([...shape, length], dtype);
  const [x, counts] = [rows(logits, along, dtype), rows(t, along, dtype)];
  engine().softmaxMinus(out.data, x, counts, scales(scale, dtype), length);
  return along === shape.length ? out : transpose(out, lastBackTo(along, logits.ndim));
}

/** The axis as a non-negative index, once the operands are checked. */
function checked(op: string, logits: NDArray, t: NDArray, axis: number): number {
  checkArray(op, logits);
  checkArray(op, t);
  const along = normalizeAxis(op, axis, logits.ndim);
  if (sameShape(logits.shape, t.shape)) return along;
  throw new ShapeError(
    `${op}: t has shape ${formatShape(t.shape)}, expected the logits' shape ${formatShape(logits.shape)}: one weight per class; oneHot(indices, ${logits.shape[along]}) makes it from class indices`,
  );
}

function without(shape: readonly number[], axis: number): number[] {
  return shape.filter((_, i) => i !== axis);
}

/** The elements with this axis moved to the end. */
function rows(x: NDArray, axis: number, dtype: DType): TypedArray {
  const last = x.ndim - 1;
  const turned = axis === last ? x : transpose(x, [...without([...x.shape.keys()], axis), axis]);
  return turned.astype(dtype).flat();
}

/** The axis order that moves the last axis back to its place. */
function lastBackTo(axis: number, ndim: number): number[] {
  return Array.from({ length: ndim }, (_, i) => (i < axis ? i : i === axis ? ndim - 1 : i - 1));
}

/**
 * The scale as one number or as flat memory. If it is a single number that was broadcast, as the
 * gradient of a mean is, it stays one number.
 */
function scales(scale: NDArray | number, dtype: DType): TypedArray | number {
  if (typeof scale === "number") return scale;
  const isOne = scale.size > 0 && scale.strides.every((stride) => stride === 0);
  return isOne ? (scale.data[scale.offset] as number) : scale.astype(dtype).flat();
}
