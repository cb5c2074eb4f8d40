/**
 * The changes of f from x to x + h, x + h/2, x + h/4, and the same below; also the steps actually
 * taken, which rounding makes unequal.
 */
export interface SixPoints {
  readonly above: readonly [h: number, half: number, quarter: number];
  readonly below: readonly [h: number, half: number, quarter: number];
  readonly stepsAbove: readonly [number, number, number];
  readonly stepsBelow: readonly [number, number, number];
}

/** The slope according to six evaluations around x and one at x. */
export interface Slope {
  readonly value: number;
  /** The truncation error, plus the jump of the slope if there is one; excludes the noise of f. */
  readonly error: number;
  /** The slope above minus the slope below, extrapolated to h = 0: 0 where f is smooth. */
  readonly jump: number;
  /** The part of the jump that may be noise. */
  readonly doubt: number;
  /** Whether all differences shrink with h as for a smooth function. */
  readonly smooth: boolean;
  /** The extrapolated one-sided slopes. */
  readonly between: readonly [left: number, right: number];
}

/**
 * Central differences D(h), D(h/2), D(h/4), extrapolated twice: (64 D(h/4) − 20 D(h/2) + D(h)) / 45
 * has an error of order h⁶, estimated by its distance from the value extrapolated once. The jump of
 * the slope appears in the even part of f, which central differences miss: A(h) = (f(x+h) − 2f(x) +
 * f(x−h)) / h falls with h where f is smooth, and stays where f has a kink.
 * @param noise in one evaluation of f
 * @see Press et al., "Numerical Recipes", 3rd ed. 2007, section 5.7
 */
export function slope(points: SixPoints, noise: number): Slope {
  const { above, below, stepsAbove, stepsBelow } = points;
  const right = ofEachStep((i) => above[i] / stepsAbove[i]);
  const left = ofEachStep((i) => -below[i] / stepsBelow[i]);
  const central = ofEachStep((i) => (above[i] - below[i]) / (stepsAbove[i] + stepsBelow[i]));
  const once = (4 * central[2] - central[1]) / 3;
  const value = (64 * central[2] - 20 * central[1] + central[0]) / 45;
  const bends = [Math.abs(central[1] - central[0]), Math.abs(central[2] - central[1])] as const;
  const sides = ofEachStep((i) => right[i] - left[i]);
  const jumps = [2 * sides[1] - sides[0], 2 * sides[2] - sides[1]] as const;
  const doubt = (16 * noise) / stepsAbove[0];
  const smooth = bends[1] <= bends[0] / 2 + doubt && Math.abs(jumps[1]) <= Math.abs(jumps[0]) / 4 + 2 * doubt;
  // At a seam, where f″ jumps, as in ELU at 0, the error falls with h and not h², so the two values
  // would agree too well.
  const seam = bends[1] > bends[0] / 3 + doubt ? bends[1] / 4 : 0;
  const truncation = Math.abs(value - once) + seam;
  return {
    value,
    error: smooth ? truncation : truncation + Math.abs(jumps[1]),
    jump: jumps[1],
    doubt,
    smooth,
    between: [2 * left[2] - left[1], 2 * right[2] - right[1]],
  };
}

/** One number for each of the steps h, h/2 and h/4. */
function ofEachStep(value: (i: 0 | 1 | 2) => number): readonly [number, number, number] {
  return [value(0), value(1), value(2)];
}
