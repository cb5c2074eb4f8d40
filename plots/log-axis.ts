/** The section of a log axis that shows some values. */
export interface Decades {
  /** The low end; it represents 0 if some value is 0. */
  readonly foot: number;
  readonly top: number;
  /** Whether a value is 0. */
  readonly zero: boolean;
  /** About six powers of ten to label, starting with the foot. */
  readonly values: readonly number[];
}

/**
 * The decades around values >= 0, plus one below them all if a value is 0, which has no logarithm.
 */
export function decadesOf(values: readonly number[]): Decades {
  const positive = values.filter((value) => value > 0);
  const zero = values.some((value) => value === 0);
  const smallest = positive.length ? Math.min(...positive) : 1e-16;
  const largest = positive.length ? Math.max(...positive) : 1e-12;
  // Vega's ticks never end among subnormals or near the largest doubles; values out there are drawn
  // at the foot or the top.
  const within = (exponent: number): number => Math.min(Math.max(exponent, -300), 300);
  const low = within(Math.floor(Math.log10(smallest))) - (zero ? 1 : 0);
  const high = within(Math.ceil(Math.log10(largest))) + 1;
  const step = Math.ceil((high - low) / 6);
  const exponents = [low];
  for (let exponent = low + step; exponent <= high; exponent += step) exponents.push(exponent);
  return { foot: power(low), top: power(high), zero, values: exponents.map(power) };
}

/** 10 to a whole exponent, rounded like its literal: `10 ** -15` may differ from `1e-15`. */
function power(exponent: number): number {
  return Number(`1e${exponent}`);
}
