import type { Perturbed } from "./perturbed.ts";
import { type Slope, slope } from "./six-points.ts";

/**
 * Whether an element lies on a kink of the function, near one (a smaller step was needed), or
 * neither; or where the function itself jumps, as rounding does.
 */
export type Kink = "none" | "near" | "on" | "jump";

/** A derivative computed from function values only. */
export interface Estimate {
  /** The derivative; on a kink the mean of the two one-sided slopes. */
  readonly value: number;
  /** The estimated error of truncation and rounding together. */
  readonly error: number;
  readonly kink: Kink;
  /** Both slopes at a kink: a right backward gives one of them, or a number between. */
  readonly between?: readonly [low: number, high: number];
  /** The uncertainty of one value of the outputs that move. */
  readonly noise?: number;
  /** The length of dy ⊙ y over these outputs. */
  readonly size?: number;
}

/** The first step and the factor by which each later one is narrower; powers of 2, so that x ± h is exact more often. */
const widest = 2 ** -10;
const narrowing = 8;
/** The number of widths for every element, and for one that is small itself: at most until h is |x| / 512. */
const widths = { usual: 5, most: 20 };
const small = 2 ** -9;
/** The factors of wider steps for a function whose rounding drowns the narrow ones, as x² + 1e8 does. */
const wider = [8, 64, 512, 4096];
/** A function with more noise than this does not compute in float64 throughout, or is random. No step makes it trustworthy. */
const ownNoise = 1e-10;

/**
 * Whether an estimate is good enough; otherwise another step follows. Infinity, as from a pole
 * at x − h, never is.
 */
function goodEnough({ value, error }: { readonly value: number; readonly error: number }): boolean {
  return Number.isFinite(value) && error <= 1e-9 + 1e-7 * Math.abs(value);
}

/** The first step for x; wider only where x itself has fewer digits left. */
function firstStep(x: number): number {
  return Math.abs(x) <= 1024 ? widest : widest * 2 ** Math.ceil(Math.log2(Math.abs(x) / 1024));
}

/** A slope with the error that the noise of f adds to it. */
type Seen = Slope & { readonly noise: number };

/** An element whose derivative is not yet accurate enough, with its slope at each width so far. */
interface Open {
  /** The index in the list of elements. */
  readonly k: number;
  readonly seen: Seen[];
}

/** The changes of L when each open element moves by `factor` times its step. */
interface Moved {
  readonly values: Float64Array;
  /** The steps actually taken after rounding. */
  readonly steps: Float64Array;
}

/**
 * ∂L/∂x[i] for the elements `at`, where x[i] is `x(i)`. If L is linear within the step, as for
 * almost every weight of a ReLU network, two evaluations show it and suffice. Otherwise six
 * evaluations give an error of order h⁶; where they disagree by more than 1e-9 + 1e-7·|value|, h
 * shrinks from 2⁻¹⁰ to 2⁻²², and further for a small x. This excludes nearby kinks; a kink that
 * remains is reported with the slopes on both sides. Where rounding spoils every such step, h grows
 * to 2² instead, as long as the function stays smooth.
 * @param rounding of the outputs, relative to their size, as `roundingOf` measures it
 */
export function derivatives(
  f: Perturbed,
  at: ArrayLike<number>,
  x: (element: number) => number,
  rounding: number,
): Estimate[] {
  const found = new Array<Estimate>(at.length);
  const values = Float64Array.from(at, x);
  // A narrow step can change an output by less than its last digit, and then seems to change nothing.
  // So the outputs count that any step so far has moved.
  const sizes = new Float64Array(at.length);
  const noiseOf = (k: number): number => rounding * (sizes[k] as number);
  const move = (open: readonly Open[], factor: number): Moved => {
    const steps = Float64Array.from(open, ({ k }) => {
      const before = values[k] as number;
      return before + factor * firstStep(before) - before;
    });
    const elements = Int32Array.from(open, ({ k }) => at[k] as number);
    const moved = f.changes(elements, steps);
    for (const [i, { k }] of open.entries()) {
      const size = moved.sizes[i] as number;
      if (size > (sizes[k] as number) && size < Infinity) sizes[k] = size;
    }
    return { values: moved.values, steps };
  };
  /** The slope of every open element, with steps `factor` times the first. */
  const slopes = (open: readonly Open[], factor: number): Seen[] => {
    const moved = [1, 0.5, 0.25].flatMap((part) => [move(open, part * factor), move(open, -part * factor)]);
    return open.map(({ k }, i) => slopeOf(moved, i, noiseOf(k)));
  };

  let open: Open[] = Array.from(values, (_, k) => ({ k, seen: [] }));
  const [up, down] = [move(open, 1), move(open, -0.5)];
  open = open.filter(({ k }) => {
    const line = lineThrough(up, down, k, noiseOf(k));
    if (line) found[k] = line;
    return !line;
  });
  for (let width = 0, factor = 1; open.length > 0; width++, factor /= narrowing) {
    const now = slopes(open, factor);
    open = open.filter(({ k, seen }, i) => {
      const last = now[i] as Seen;
      seen.push(last);
      if (goodEnough(last)) found[k] = smoothEstimate(last, seen);
      return !found[k];
    });
    const [tried, h] = [width + 1, factor * widest];
    const goesOn = ({ k }: Open): boolean =>
      tried < widths.usual ||
      (tried < widths.most && h > small * Math.abs(values[k] as number) && values[k] !== 0);
    for (const { k, seen } of open.filter((one) => !goesOn(one)))
      found[k] = onJump(seen) ?? onKink(seen) ?? best(seen);
    open = open.filter(({ k }) => !found[k]);
  }
  if (rounding < ownNoise) widen(found, slopes);
  return found.map((estimate, k) => ({ ...estimate, size: sizes[k] as number }));
}

/** The derivative if L is linear between two moves and known accurately there; else null. */
function lineThrough(up: Moved, down: Moved, k: number, noise: number): Estimate | null {
  const [h, half] = [up.steps[k] as number, down.steps[k] as number];
  const [rise, fall] = [up.values[k] as number, down.values[k] as number];
  if (!(Math.abs(rise - (fall * h) / half) <= 8 * noise)) return null;
  const line = { value: (rise - fall) / (h - half), error: (4 * noise) / h, kink: "none", noise } as const;
  return goodEnough(line) ? line : null;
}

/** The slope of element i from its six moves. */
function slopeOf(moved: readonly Moved[], i: number, noise: number): Seen {
  const y = moved.map(({ values }) => values[i] as number);
  const steps = moved.map((one) => Math.abs(one.steps[i] as number));
  const points = {
    above: [y[0], y[2], y[4]] as [number, number, number],
    below: [y[1], y[3], y[5]] as [number, number, number],
    stepsAbove: [steps[0], steps[2], steps[4]] as [number, number, number],
    stepsBelow: [steps[1], steps[3], steps[5]] as [number, number, number],
  };
  const found = slope(points, noise);
  return { ...found, noise, error: found.error + (8 * noise) / (steps[0] as number) };
}

/** The estimate from one slope; a kink was near if an earlier, wider step met one. */
function smoothEstimate({ value, error, noise }: Seen, seen: readonly Seen[]): Estimate {
  return { value, error, noise, kink: seen.slice(0, -1).every(({ smooth }) => smooth) ? "none" : "near" };
}

/** The estimate on a kink at x itself, whose jump does not depend on h and is more than rounding; null elsewhere. */
function onKink(seen: readonly Seen[]): Estimate | null {
  const [, wide, narrow] = seen as readonly [Seen, Seen, Seen];
  if (!(Math.abs(narrow.jump) > 2 * narrow.doubt)) return null;
  if (!(Math.abs(wide.jump - narrow.jump) <= 0.2 * Math.abs(narrow.jump))) return null;
  const [left, right] = wide.between;
  const slack = 0.01 * Math.abs(right - left);
  const between = [Math.min(left, right) - slack, Math.max(left, right) + slack] as const;
  return { value: (left + right) / 2, error: Math.abs(right - left), kink: "on", between, noise: wide.noise };
}

/** The estimate where L itself jumps: its change stays the same while h shrinks, so that the slope grows as 1/h; null elsewhere. */
function onJump(seen: readonly Seen[]): Estimate | null {
  const [, wide, narrow] = seen as readonly [Seen, Seen, Seen];
  const grows = narrow.value / wide.value;
  if (!(Math.abs(grows - narrowing) <= 0.01 * narrowing && Math.abs(narrow.value) > 2 * narrow.doubt))
    return null;
  return { value: narrow.value, error: Infinity, noise: wide.noise, kink: "jump" };
}

/** The most accurate estimate where none is good enough. */
function best(seen: readonly Seen[]): Estimate {
  const { value, error, noise } = seen.reduce((a, b) => (b.error < a.error ? b : a));
  return { value, error, noise, kink: seen.every(({ smooth }) => smooth) ? "none" : "near" };
}

/** Improves the estimates that rounding spoilt with wider steps, while the function is smooth and says nothing else. */
function widen(found: Estimate[], slopes: (open: readonly Open[], factor: number) => Seen[]): void {
  const noisy = ({ kink, value, error }: Estimate): boolean =>
    kink !== "on" && Number.isFinite(value) && !goodEnough({ value, error });
  let open: Open[] = [...found.keys()]
    .filter((k) => noisy(found[k] as Estimate))
    .map((k) => ({ k, seen: [] }));
  for (const factor of wider) {
    if (open.length === 0) return;
    const now = slopes(open, factor);
    open = open.filter(({ k }, i) => {
      const [before, { value, error, smooth, noise }] = [found[k] as Estimate, now[i] as Seen];
      if (!smooth || !(Math.abs(value - before.value) <= 2 * (error + before.error))) return false;
      if (error < before.error) found[k] = { ...before, value, error, noise };
      return noisy(found[k] as Estimate);
    });
  }
}
