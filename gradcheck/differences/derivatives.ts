import { type Slope, slope } from "./six-points.ts";

/** Whether an element lies on a kink of the function, near one (the step was made smaller), or neither. */
export type Kink = "none" | "near" | "on";

/** A derivative found by evaluating the function only. */
export interface Estimate {
  /** On a kink the mean of the two one-sided slopes. */
  readonly value: number;
  /** The error of truncation and rounding together. */
  readonly error: number;
  readonly kink: Kink;
  /** Both slopes at a kink; a right backward gives one of them, or a number between. */
  readonly between?: readonly [low: number, high: number];
}

/** f with one element changed at a time: `evaluate(elements, steps)[k]` = f(x + steps[k] · e(elements[k])). */
export interface Perturbed {
  /** f(x) itself. */
  readonly base: number;
  evaluate(elements: Int32Array, steps: Float64Array): Float64Array;
}

/** The first step, and how much narrower each of the next four is; powers of 2, so that x ± h is exact more often. */
const widest = 2 ** -10;
const narrowing = 8;
const widths = 5;
/** Whether an estimate is accurate enough. Otherwise the step gets narrower, also after Infinity, as at a pole. */
function goodEnough({ value, error }: { readonly value: number; readonly error: number }): boolean {
  return Number.isFinite(value) && error <= 1e-9 + 1e-7 * Math.abs(value);
}

/** Wider only where x itself has fewer digits left. */
function firstStep(x: number): number {
  return Math.abs(x) <= 1024 ? widest : widest * 2 ** Math.ceil(Math.log2(Math.abs(x) / 1024));
}

/** An element whose derivative is not yet accurate enough, with its estimates at each width. */
interface Open {
  /** Place in the list of elements. */
  readonly k: number;
  readonly seen: Slope[];
}

/**
 * ∂f/∂x[i] for the elements `at`, x[i] being `x(i)`. Where f is linear within the step, as in nearly every weight of a ReLU network, two
 * evaluations show it, and are enough. Elsewhere six give an error of h⁶; where they disagree by more than 1e-9 + 1e-7·|value|, h
 * shrinks from 2⁻¹⁰ to 2⁻²². That leaves a nearby kink outside; one that stays is reported with the slopes of both its sides.
 * @param noise of one evaluation of f, as `noiseOf` measures it
 */
export function derivatives(
  f: Perturbed,
  at: ArrayLike<number>,
  x: (element: number) => number,
  noise: number,
): Estimate[] {
  const found = new Array<Estimate>(at.length);
  const values = Float64Array.from(at, x);
  /** f with each listed element changed by `factor` of its step, and the steps after rounding. */
  const move = (open: readonly Open[], factor: number): [y: Float64Array, steps: Float64Array] => {
    const steps = Float64Array.from(open, ({ k }) => {
      const before = values[k] as number;
      return before + factor * firstStep(before) - before;
    });
    return [
      f.evaluate(
        Int32Array.from(open, ({ k }) => at[k] as number),
        steps,
      ),
      steps,
    ];
  };

  let open: Open[] = Array.from(values, (_, k) => ({ k, seen: [] }));
  const [up, stepsUp] = move(open, 1);
  const [down, stepsDown] = move(open, -0.5);
  open = open.filter(({ k }) => {
    const [h, half] = [stepsUp[k] as number, stepsDown[k] as number];
    const [rise, fall] = [(up[k] as number) - f.base, (down[k] as number) - f.base];
    const straight = Math.abs(rise - (fall * h) / half) <= 8 * noise;
    if (straight) found[k] = { value: (rise - fall) / (h - half), error: (4 * noise) / h, kink: "none" };
    return !straight;
  });

  for (let width = 0, factor = 1; width < widths && open.length > 0; width++, factor /= narrowing) {
    const moved = [1, 0.5, 0.25].flatMap((part) => [move(open, part * factor), move(open, -part * factor)]);
    open = open.filter(({ k, seen }, i) => {
      const y = moved.map(([values]) => values[i] as number);
      const steps = moved.map(([, steps]) => Math.abs(steps[i] as number));
      const points = {
        base: f.base,
        above: [y[0], y[2], y[4]] as [number, number, number],
        below: [y[1], y[3], y[5]] as [number, number, number],
        stepsAbove: [steps[0], steps[2], steps[4]] as [number, number, number],
        stepsBelow: [steps[1], steps[3], steps[5]] as [number, number, number],
      };
      const seenNow = slope(points, noise);
      const now = { ...seenNow, error: seenNow.error + (8 * noise) / (steps[0] as number) };
      if (!goodEnough(now)) return seen.push(now) > 0;
      found[k] = { value: now.value, error: now.error, kink: seen.every((s) => s.smooth) ? "none" : "near" };
      return false;
    });
  }
  for (const { k, seen } of open) found[k] = unresolved(seen);
  return found;
}

/** No step was narrow enough: a kink at x itself, whose jump does not depend on h; or noise, which grows as h shrinks. */
function unresolved(seen: readonly Slope[]): Estimate {
  const [, wide, narrow] = seen as readonly [Slope, Slope, Slope];
  const best = seen.reduce((a, b) => (b.error < a.error ? b : a));
  if (!(Math.abs(wide.jump - narrow.jump) <= 0.2 * Math.abs(narrow.jump)))
    return { value: best.value, error: best.error, kink: seen.every((s) => s.smooth) ? "none" : "near" };
  const [left, right] = wide.between;
  const slack = 0.01 * Math.abs(right - left);
  const between = [Math.min(left, right) - slack, Math.max(left, right) + slack] as const;
  return { value: (left + right) / 2, error: Math.abs(right - left), kink: "on", between };
}
