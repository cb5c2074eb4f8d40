import { NDArray } from "../../np/index.ts";
import { type Compiled, type Mathjs, type PreciseNumber, preciseMathjs } from "./mathjs.ts";
import type { Branch } from "./symbolic.ts";

/** A formula and its slope, computed with 64 digits and finally rounded to a double. */
export interface PreciseFormula {
  /** y; NaN where no branch applies. */
  value(x: number, t?: number): number;
  /** dy · ∂y/∂x / count, for a mean of `count` elements; both 1 by default. NaN where no branch applies. */
  slope(x: number, t?: number, dy?: number, count?: number): number;
}

/** An array of 64-digit numbers. */
export interface PreciseArray {
  readonly shape: readonly number[];
  at(...index: readonly number[]): PreciseNumber;
}

/** Computes y, flat, from arrays by name: "x", "x2", "target" and the parameters. */
export type PreciseFunction = (array: (name: string) => PreciseArray) => readonly PreciseNumber[];

/** Converts a double exactly: 64 digits of its binary value, not the 17 digits that identify it. */
function exact(math: Mathjs<PreciseNumber>, x: number): PreciseNumber {
  return math.bignumber(x.toPrecision(64));
}

/**
 * The step of a central difference. 1e-20 leaves a truncation error of 1e-40 · y‴ / 6 and a
 * rounding error of 1e-44 · y, so slopes below 1e-28 · y have fewer than 16 right digits. Near 0
 * the step is smaller, to exclude a pole or a root there.
 */
function stepAt(x: number): number {
  const size = Math.abs(x);
  const near = size > 1e-44 && size < 1e-10;
  return near ? 1e-10 * size : 1e-20 * Math.max(1, size);
}

/** (y(x + h) − y(x − h)) / 2h. */
function difference(
  math: Mathjs<PreciseNumber>,
  y: (x: PreciseNumber) => PreciseNumber,
  x: number,
): PreciseNumber {
  const [center, h] = [exact(math, x), exact(math, stepAt(x))];
  return y(center.plus(h))
    .minus(y(center.minus(h)))
    .div(h.times(2));
}

const compiled = new WeakMap<readonly Branch[], PreciseFormula>();

/**
 * Evaluates a formula with 64 digits. Its slope is the central difference of the branch that x is
 * in. Nothing is differentiated, so it shares no rule with mathjs's derivative. A branch's written
 * `slope` is used as is. Null where mathjs cannot be loaded, as in a browser.
 */
export function preciseFormula(branches: readonly Branch[]): PreciseFormula | null {
  const math = preciseMathjs();
  if (!math) return null;
  const before = compiled.get(branches);
  if (before) return before;
  const rules = branches.map(({ where = "true", y, slope }) => ({
    applies: math.compile(where) as Compiled<unknown>,
    y: math.compile(y),
    slope: slope === undefined ? null : math.compile(slope),
  }));
  const found: PreciseFormula = {
    value(x, t = Number.NaN) {
      const scope = { x: exact(math, x), t: exact(math, t) };
      const rule = rules.find(({ applies }) => applies.evaluate(scope));
      return rule ? rule.y.evaluate(scope).toNumber() : Number.NaN;
    },
    slope(x, t = Number.NaN, dy = 1, count = 1) {
      const scope = { x: exact(math, x), t: exact(math, t) };
      const rule = rules.find(({ applies }) => applies.evaluate(scope));
      if (!rule) return Number.NaN;
      const slope = rule.slope
        ? rule.slope.evaluate(scope)
        : difference(math, (near) => rule.y.evaluate({ ...scope, x: near }), x);
      return slope.times(exact(math, dy)).div(count).toNumber();
    },
  };
  compiled.set(branches, found);
  return found;
}

/**
 * ∂(Σ dy ⊙ y)/∂ each element of the arrays named in `of`, by central differences with 64 digits,
 * rounded to doubles. Every element costs two evaluations of y, so use it for small arrays only.
 * Null where mathjs cannot be loaded, as in a browser.
 * @throws RangeError for a name without an array, or if y and dy differ in their number of elements
 */
export function preciseGradients(
  y: PreciseFunction,
  arrays: ReadonlyMap<string, NDArray>,
  of: readonly string[],
  dy: NDArray,
): Map<string, NDArray> | null {
  const math = preciseMathjs();
  if (!math) return null;
  const digits = new Map([...arrays].map(([name, x]) => [name, Array.from(x.flat(), (e) => exact(math, e))]));
  const array = (name: string): PreciseArray => {
    const [x, flat] = [arrays.get(name), digits.get(name)];
    if (!x || !flat) throw new RangeError(`preciseGradients: no array "${name}"`);
    return { shape: x.shape, at: (...index) => flat[position(x.shape, index)] as PreciseNumber };
  };
  const weights = Array.from(dy.flat(), (e) => exact(math, e));
  const projected = (): PreciseNumber => {
    const elements = y(array);
    if (elements.length !== weights.length)
      throw new RangeError(`preciseGradients: y has ${elements.length} elements, dy ${weights.length}`);
    const terms = elements.map((element, i) => element.times(weights[i] as PreciseNumber));
    return terms.reduce((sum, term) => sum.plus(term));
  };
  const gradients = of.map((name): [string, NDArray] => {
    const { shape } = array(name);
    const flat = digits.get(name) as PreciseNumber[];
    const slopes = Float64Array.from(flat, (before, i) => {
      const along = (near: PreciseNumber): PreciseNumber => {
        flat[i] = near;
        return projected();
      };
      const slope = difference(math, along, before.toNumber());
      flat[i] = before;
      return slope.toNumber();
    });
    return [name, NDArray.from(slopes, shape)];
  });
  return new Map(gradients);
}

/** The flat position of an index: [1, 2] in shape (2, 5) is 7. */
function position(shape: readonly number[], index: readonly number[]): number {
  const outside = shape.some(
    (length, axis) => !((index[axis] ?? -1) >= 0 && (index[axis] as number) < length),
  );
  if (outside || index.length !== shape.length)
    throw new RangeError(`preciseGradients: no element (${index.join(", ")}) in shape (${shape.join(", ")})`);
  return shape.reduce((flat, length, axis) => flat * length + (index[axis] as number), 0);
}
