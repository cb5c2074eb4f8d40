import type { NDArray } from "../../np/index.ts";
import { same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure } from "./look.ts";
import { elementwise, variable } from "./own-input.ts";

const logistic = (u: number): number => 1 / (1 + Math.exp(-u));

/** Derivatives that textbooks write as a formula of x or of y, by their text in u. */
const derivatives: readonly (readonly [text: string, value: (u: number) => number])[] = [
  ["1 − u²", (u) => 1 - u * u],
  ["u (1 − u)", (u) => u * (1 - u)],
  ["1 − u", (u) => 1 - u],
  ["u", (u) => u],
  ["1 + u²", (u) => 1 + u * u],
  ["1 + u", (u) => 1 + u],
  ["u²", (u) => u * u],
  ["1/u", (u) => 1 / u],
  ["1/u²", (u) => 1 / (u * u)],
  ["1/(1 + u²)", (u) => 1 / (1 + u * u)],
  ["1/(1 + |u|)²", (u) => (1 + Math.abs(u)) ** -2],
  ["σ(u)", logistic],
  ["1 − σ(u)", (u) => 1 - logistic(u)],
  ["σ(u) (1 − σ(u))", (u) => logistic(u) * (1 - logistic(u))],
  ["σ(u) (1 + u (1 − σ(u)))", (u) => logistic(u) * (1 + u * (1 - logistic(u)))],
  ["tanh u", Math.tanh],
  ["1 − tanh u", (u) => 1 - Math.tanh(u)],
  ["1 − tanh² u", (u) => 1 - Math.tanh(u) ** 2],
  ["eᵘ", Math.exp],
  ["e⁻ᵘ", (u) => Math.exp(-u)],
  ["1 − e⁻ᵘ", (u) => 1 - Math.exp(-u)],
  ["ln u", Math.log],
  ["sin u", Math.sin],
  ["cos u", Math.cos],
  ["√u", Math.sqrt],
  ["1/√u", (u) => 1 / Math.sqrt(u)],
];

/** A derivative by its text in x or y. */
interface Named {
  readonly of: "x" | "y";
  readonly index: number;
  readonly text: string;
}

/** `1 − u²` becomes `1 − x²`. */
function written(text: string, u: string): string {
  return text.replace("ᵘ", u === "y" ? "ʸ" : "ˣ").replace(/u/g, u);
}

/** The formulas f′ for which gradient = dy · f′(x or y) everywhere. */
function named(gradient: NDArray, evidence: Evidence, tolerance: number): Named[] {
  const own = elementwise(evidence);
  if (!own) return [];
  const [x, y, dy] = [own.x.flat(), own.y.flat(), own.dy.flat()];
  const is = gradient.flat();
  let most = 0;
  for (const value of is) most = Math.max(most, Math.abs(value));
  return (["y", "x"] as const).flatMap((of) =>
    derivatives.flatMap(([text, value], index) => {
      const u = of === "x" ? x : y;
      for (let i = 0; i < is.length; i++) {
        const apart = (dy[i] as number) * value(u[i] as number) - (is[i] as number);
        if (!(Math.abs(apart) <= tolerance * most)) return [];
      }
      return [{ of, index, text: written(text, of === "x" ? variable(evidence.quantity) : of) }];
    }),
  );
}

/** A look, and whether the right derivative is known as well. */
interface DerivativeLook extends Look {
  readonly isKnown: boolean;
}

/** Recognises a gradient that is dy times a formula of x or y that is not this layer's derivative. */
export function wrongDerivative(evidence: Evidence, { tolerance }: Measure): DerivativeLook | null {
  const { quantity, found, expected, right } = evidence;
  const own = elementwise(evidence);
  if (!own) return null;
  const [d, x] = [gradientName(quantity), variable(quantity)];
  const all = named(found, evidence, tolerance);
  const rights = named(expected, evidence, tolerance);
  const [is, ought] = [all[0], rights[0]];
  const swapped = all.flatMap((a) =>
    rights.filter((b) => b.index === a.index).map((b) => [a, b] as const),
  )[0];
  if (swapped) {
    const [a, b] = swapped;
    const [wrong, correct] = [a.of === "x" ? x : "y", b.of === "x" ? x : "y"];
    return {
      isKnown: true,
      cause: "wrong argument",
      what: `${d} is dy · (${a.text}): the formula of the derivative is right, but it is used with ${wrong}`,
      cure: `it belongs to ${correct}, forward's ${correct === "y" ? "output" : "input"}: dy · (${b.text})`,
    };
  }
  if (is) {
    const derivative = ought
      ? `this layer's derivative is ${ought.text}`
      : `differentiate this layer's forward`;
    return {
      isKnown: ought !== undefined,
      cause: "wrong derivative",
      what: `${d} is dy · ${factorText(is.text)}`,
      cure: `${derivative}, so write dy · ${ought ? factorText(ought.text) : "f′(x)"}`,
    };
  }
  if (
    same(
      found,
      attempt(() => right?.(own.dy, own.y, ...(evidence.inputs ?? []).slice(1))),
      tolerance,
    )
  )
    return {
      isKnown: true,
      cause: "wrong argument",
      what: `${d} is dy · f′(y): the derivative is taken at y, where forward's function was applied already`,
      cure: `take it at ${x}, or write it as a formula of y`,
    };
  return null;
}

/** A formula in brackets where a product needs them. */
function factorText(text: string): string {
  return /[+−/]| /.test(text) ? `(${text})` : text;
}

function attempt(run: () => NDArray | undefined): NDArray | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
