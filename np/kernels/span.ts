import { describe } from "../arguments/describe.ts";
import { formatShape } from "../shape.ts";

/** The positions of a range on its axis: start, start + step, … */
interface Span {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/**
 * Python's rules: negative positions count from the end, positions out of range are clipped, a
 * negative step goes backwards.
 */
export function span(
  where: string,
  range: readonly (number | null | undefined)[],
  n: number,
  axis: number,
): Span {
  const step = range[2] ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new RangeError(`${where}: step ${describe(step)} on axis ${axis}; expected a whole number, not 0`);
  const clip = (position: number | null | undefined, otherwise: number): number => {
    if (position === null || position === undefined) return otherwise;
    if (!Number.isInteger(position))
      throw new RangeError(`${where}: position ${describe(position)} on axis ${axis} is not a whole number`);
    const p = position < 0 ? position + n : position;
    return step > 0 ? Math.min(Math.max(p, 0), n) : Math.min(Math.max(p, -1), n - 1);
  };
  const start = clip(range[0], step > 0 ? 0 : n - 1);
  const stop = clip(range[1], step > 0 ? n : -1);
  return { start, step, length: Math.max(0, Math.ceil((stop - start) / step)) };
}

/** Index −1 is the last one. @throws RangeError for an index that the axis does not have */
export function positionOn(where: string, index: number, axis: number, shape: readonly number[]): number {
  const n = shape[axis] as number;
  const position = index < 0 ? index + n : index;
  if (Number.isInteger(position) && position >= 0 && position < n) return position;
  throw new RangeError(
    `${where}: index ${index} on axis ${axis} of shape ${formatShape(shape)}; expected ${-n} … ${n - 1}`,
  );
}
