import { expectArgument, listWith, objectWith, text, withoutDefault } from "../../np/internal.ts";
import { type Compiled, mathjs } from "./mathjs.ts";

/** One branch of a function of a number x and a constant t, in mathjs's notation: `{ where: "x > 0", y: "x" }`. */
export interface Branch {
  /** The condition; default everywhere. The first branch that applies to x counts. */
  readonly where?: string;
  readonly y: string;
  /** ∂y/∂x by convention, where there is no derivative; default: the derivative of y. */
  readonly slope?: string;
  /** Whose convention: `PyTorch's relu'(0)`. */
  readonly why?: string;
}

const someBranches = listWith(
  'a list of branches, such as [{ where: "x > 0", y: "x" }]',
  objectWith<Branch>("{ y, where, slope, why }", {
    y: text,
    where: withoutDefault(text),
    slope: withoutDefault(text),
    why: withoutDefault(text),
  }),
);

/** ∂y/∂x as a formula and as numbers. */
export interface SymbolicDerivative {
  /** `exp(-x) / (exp(-x) + 1) ^ 2`, one line per branch. */
  readonly text: string;
  /** NaN where no branch applies, as at a kink without a written convention. */
  at(x: number, t: number): number;
}

interface Rule {
  readonly text: string;
  readonly applies: Compiled<number>;
  readonly slope: Compiled<number>;
}

/** A cache, because differentiating and compiling takes longer than a thousand evaluations. */
const known = new WeakMap<readonly Branch[], SymbolicDerivative>();

/**
 * Differentiates a formula of x by symbolic rules, branch by branch: a witness that shares neither
 * code nor step size with the others. A branch's written `slope` is used as is. Null where mathjs
 * cannot be loaded, as in a browser.
 * @throws Error from mathjs for a function that it cannot differentiate, such as erf
 * @see mathjs reference, `math.derivative`
 */
export function symbolicDerivative(branches: readonly Branch[]): SymbolicDerivative | null {
  expectArgument("symbolicDerivative", "branches", someBranches, branches);
  const math = mathjs();
  if (!math) return null;
  const before = known.get(branches);
  if (before) return before;
  const rules = branches.map(({ where, y, slope, why }): Rule => {
    const found = slope === undefined ? math.derivative(y, "x").toString() : slope;
    const condition = where ? ` where ${where}` : "";
    return {
      text: `${found}${condition}${why ? ` (${why})` : ""}`,
      applies: math.compile(where ?? "true"),
      slope: math.compile(found),
    };
  });
  const derivative: SymbolicDerivative = {
    text: rules.map(({ text }) => text).join("\n"),
    at(x, t) {
      const rule = rules.find(({ applies }) => applies.evaluate({ x, t }));
      return rule ? rule.slope.evaluate({ x, t }) : Number.NaN;
    },
  };
  known.set(branches, derivative);
  return derivative;
}
