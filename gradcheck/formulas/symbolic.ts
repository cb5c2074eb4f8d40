import { type Compiled, mathjs } from "./mathjs.ts";

/** One branch of a function of a number x and a constant t, in mathjs's notation: `{ where: "x > 0", y: "x" }`. */
export interface Branch {
  /** Default: everywhere. The first branch that applies to x counts. */
  readonly where?: string;
  readonly y: string;
  /** The conventional ∂y/∂x at points without a derivative; default: the derivative of y. */
  readonly slope?: string;
  /** Whose convention: `PyTorch's relu'(0)`. */
  readonly why?: string;
}

/** ∂y/∂x as a formula and as numbers. */
export interface SymbolicDerivative {
  /** `exp(-x) / (exp(-x) + 1) ^ 2`, one line a branch. */
  readonly text: string;
  /** NaN where no branch applies, as at a kink without a written convention. */
  at(x: number, t: number): number;
}

interface Rule {
  readonly text: string;
  readonly applies: Compiled<number>;
  readonly slope: Compiled<number>;
}

/** Caches derivatives, because deriving and compiling takes longer than a thousand evaluations. */
const known = new WeakMap<readonly Branch[], SymbolicDerivative>();

/**
 * Differentiates a formula of x by symbolic rules, branch by branch: a witness that shares neither code nor step size with the others.
 * A branch's written `slope` stands as it is. Null where mathjs cannot be loaded, as in a browser.
 * @throws Error, mathjs's own, for a function that it cannot differentiate, such as erf
 * @see mathjs reference, `math.derivative`
 */
export function symbolicDerivative(branches: readonly Branch[]): SymbolicDerivative | null {
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
