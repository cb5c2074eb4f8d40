/** Whether a number can be drawn or compared; JSON turns NaN into `null`. */
export function finite(value: unknown): value is number {
  return Number.isFinite(value);
}

/**
 * `NaN`, `Infinity` or `-Infinity` as text; `NaN` for anything that is not a number, such as JSON's
 * null.
 */
function notFinite(value: unknown): string {
  return String(Number(value ?? Number.NaN));
}

/** A difference: `0`, `3.1e-15`, `0.24`, `NaN`. */
export function difference(value: number): string {
  if (!finite(value)) return notFinite(value);
  const plain = value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4);
  return plain ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}

/** A bound: `1e-10`, `2.5e-9`. */
export function power(value: number): string {
  return finite(value) ? value.toExponential() : notFinite(value);
}

/** A loss, to four significant digits. */
export function loss(value: number): string {
  return finite(value) ? value.toPrecision(4) : notFinite(value);
}

/** A fraction of 1 as a percentage: `97.25 %`; a dash for null. */
export function percent(value: number | null): string {
  if (value === null) return "–";
  return finite(value) ? `${(100 * value).toFixed(2)} %` : notFinite(value);
}

/** A time in seconds. */
export function seconds(value: number): string {
  return finite(value) ? `${value.toFixed(value < 10 ? 2 : 1)} s` : notFinite(value);
}

/** A whole number with thousands separators: `218,058`. */
export function count(value: number): string {
  return finite(value) ? value.toLocaleString("en-US") : notFinite(value);
}

/** A number with as many digits as it takes to identify the double. */
export function exact(value: number): string {
  return finite(value) ? String(value) : notFinite(value);
}

/** A number for a description, to four significant digits: `0.1235`, `-2`, `6e-7`. */
export function short(value: number): string {
  return finite(value) ? String(Number(value.toPrecision(4))) : notFinite(value);
}
