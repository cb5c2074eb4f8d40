/** The functions of shapes as users call them: with their arguments checked. */
import { expectArgument } from "./arguments/contract.ts";
import { integer } from "./arguments/kinds.ts";
import * as shapes from "./shape.ts";

/** `(2, 3)`, `(4,)`, `()`: shapes the way NumPy prints them. */
export function formatShape(shape: readonly number[]): string {
  shapes.checkNumbers("formatShape", "a shape", shape);
  return shapes.formatShape(shape);
}

/** The number of elements: the product of the shape, 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  shapes.checkLengths("sizeOf", shape);
  return shapes.sizeOf(shape);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  shapes.checkLengths("sameShape", a);
  shapes.checkLengths("sameShape", b);
  return shapes.sameShape(a, b);
}

/**
 * NumPy's broadcasting: align shapes at their last axis; a 1 stretches to the other's length.
 * @throws ShapeError naming both shapes and the axis that does not fit
 * @see NumPy user guide, "Broadcasting", general rules
 */
export function broadcastShapes(where: string, a: readonly number[], b: readonly number[]): number[] {
  shapes.checkLengths("broadcastShapes", a);
  shapes.checkLengths("broadcastShapes", b);
  return shapes.broadcastShapes(where, a, b);
}

/**
 * All axes that `axis` names, ascending and counted from 0; null means every axis.
 * @throws RangeError for an axis that an array of `ndim` axes does not have, or named twice
 */
export function normalizeAxes(where: string, axis: shapes.Axis, ndim: number): number[] {
  expectArgument("normalizeAxes", "ndim", integer({ least: 0 }), ndim);
  return shapes.normalizeAxes(where, axis, ndim);
}
