import { type NDArray, sameShape } from "../../np/index.ts";
import { close, countNonZero } from "./closeness.ts";
import { type Evidence, gradientName, isParameter } from "./evidence.ts";
import type { Look, Measure } from "./look.ts";
import { ownInput } from "./own-input.ts";

/** An array that a student may multiply or divide by, broadcast to the gradient's shape. */
interface Candidate {
  readonly name: string;
  readonly value: NDArray;
}

/** Recognises the right gradient times or divided by an array: x, y, dy, a parameter; or by one in place of another. */
export function extraFactor(evidence: Evidence, { tolerance }: Measure): Look | null {
  const { quantity, found, expected } = evidence;
  if (!sameShape(found.shape, expected.shape) || countNonZero(expected.flat(), tolerance) < 2) return null;
  const d = gradientName(quantity);
  const candidates = candidatesOf(evidence).filter(({ value }) => !isConstant(value));
  for (const { name, value } of candidates) {
    if (fits(found, expected, value, null, tolerance))
      return {
        cause: "extra factor",
        what: `${d} is the right one times ${name}, element by element`,
        cure: `leave out the factor ${name}${name === "dy" ? ": dy enters once" : ""}`,
      };
    if (fits(found, expected, null, value, tolerance))
      return {
        cause: "extra factor",
        what: `${d} is the right one without the factor ${name}`,
        cure: `multiply by ${name}`,
      };
  }
  for (const { name, value } of candidates)
    for (const other of candidates)
      if (other.name !== name && fits(found, expected, value, other.value, tolerance))
        return {
          cause: "extra factor",
          what: `${d} has the factor ${name} where ${other.name} belongs`,
          cure: `multiply by ${other.name} instead of ${name}`,
        };
  return null;
}

/** Whether found · under = expected · over everywhere, and where under is 0 found is too. */
function fits(
  found: NDArray,
  expected: NDArray,
  over: NDArray | null,
  under: NDArray | null,
  tolerance: number,
): boolean {
  const [f, e] = [found.flat(), expected.flat()];
  const [o, u] = [over?.flat(), under?.flat()];
  const [left, right] = [new Float64Array(f.length), new Float64Array(f.length)];
  let count = 0;
  for (let i = 0; i < f.length; i++) {
    if (u?.[i] === 0 && f[i] !== 0) return false;
    left[i] = (f[i] as number) * (u?.[i] ?? 1);
    right[i] = (e[i] as number) * (o?.[i] ?? 1);
    if (right[i] !== 0) count++;
  }
  return count > 1 && close(left, right, tolerance);
}

function candidatesOf(evidence: Evidence): Candidate[] {
  const { quantity, parameters = new Map<string, NDArray>(), expected } = evidence;
  const own = ownInput(evidence);
  const arrays = own
    ? [
        { name: "x", value: own.x },
        { name: "y", value: own.y },
        { name: "dy", value: own.dy },
        { name: "1 − y", value: own.y.neg().add(1) },
      ]
    : [];
  const itself = parameters.get(quantity);
  const others = isParameter(evidence)
    ? itself
      ? [{ name: `${quantity} itself`, value: itself }]
      : []
    : [...parameters].map(([name, value]) => ({ name, value: broadcast(value, expected.shape) }));
  return [...arrays, ...others].flatMap(({ name, value }) =>
    value && sameShape(value.shape, expected.shape) ? [{ name, value }] : [],
  );
}

/** A value per channel, or of trailing axes, in a larger shape; undefined if it is neither. */
function broadcast(value: NDArray, shape: readonly number[]): NDArray | undefined {
  const trailing = shape.slice(shape.length - value.ndim);
  if (value.ndim > 0 && value.ndim <= shape.length && sameShape(trailing, value.shape))
    return value.broadcastTo(shape);
  if (value.ndim === 1 && shape.length > 2 && value.size === shape[1])
    return value.reshape(shape.map((n, axis) => (axis === 1 ? n : 1))).broadcastTo(shape);
  return undefined;
}

function isConstant(x: NDArray): boolean {
  const flat = x.flat();
  return Array.from(flat).every((value) => value === flat[0]);
}
