import type { Length } from "./evidence.ts";

/** A factor that is no length, and where it usually comes from. */
const constants: readonly { readonly value: number; readonly text: string; readonly look: string }[] = [
  {
    value: 1 / Math.LN2,
    text: "1 / ln 2",
    look: "a logarithm to base 2: the derivative of ln x is 1/x, that of log₂ x is 1/(x ln 2)",
  },
  {
    value: Math.LN2,
    text: "ln 2",
    look: "a logarithm or a power to base 2 in one place and to base e in the other",
  },
  {
    value: 1 / Math.LN10,
    text: "1 / ln 10",
    look: "a logarithm to base 10: the derivative of ln x is 1/x, that of log₁₀ x is 1/(x ln 10)",
  },
  { value: Math.LN10, text: "ln 10", look: "a logarithm to base 10 in one place and to base e in the other" },
  { value: Math.PI, text: "π", look: "look for a missing 1/π" },
  { value: 1 / Math.PI, text: "1/π", look: "look for an extra 1/π" },
  { value: Math.SQRT2, text: "√2", look: "look for a missing 1/√2" },
  { value: Math.SQRT1_2, text: "1/√2", look: "look for an extra 1/√2" },
  { value: Math.sqrt(2 * Math.PI), text: "√(2π)", look: "look for the 1/√(2π) of the normal density" },
  { value: 1 / Math.sqrt(2 * Math.PI), text: "1/√(2π)", look: "look for an extra 1/√(2π)" },
];

/** The known constant with this value, up to its sign; undefined if there is none. */
export function constantNamed(
  value: number,
  tolerance: number,
): { readonly text: string; readonly look: string } | undefined {
  const found = constants.find((constant) => Math.abs(Math.abs(value) / constant.value - 1) <= tolerance);
  return found && { text: `${value < 0 ? "−" : ""}${found.text}`, look: found.look };
}

/** Two small counts whose quotient is this factor: a mean over `over` elements instead of `right`. */
export function countsNamed(
  value: number,
  lengths: readonly Length[],
  tolerance: number,
): { readonly over: number; readonly right: number } | null {
  for (const { length: over } of lengths) {
    const right = value * over;
    const whole = Math.round(right);
    if (over > 200 || whole < 1 || whole === over || whole > 2 * over) continue;
    if (Math.abs(right / whole - 1) <= tolerance) return { over, right: whole };
  }
  return null;
}

/** An option of the layer that has this value, up to its sign: "alpha", "1 / alpha", "1 − p". */
export function settingNamed(
  value: number,
  settings: ReadonlyMap<string, number> = new Map(),
  tolerance: number,
): string | undefined {
  for (const [name, c] of settings) {
    if (c === 0 || Math.abs(c) === 1) continue;
    const forms: [string, number][] = [
      [name, c],
      [`1 / ${name}`, 1 / c],
      [`1 − ${name}`, 1 - c],
      [`1 / (1 − ${name})`, 1 / (1 - c)],
    ];
    for (const [text, is] of forms) {
      if (Math.abs(value / is - 1) <= tolerance) return text;
      if (Math.abs(value / is + 1) <= tolerance) return `−${text}`;
    }
  }
  return undefined;
}
