import { type NDArray, sameShape, sqrt } from "../../np/index.ts";
import { same } from "./closeness.ts";
import { type Evidence, gradientName, isParameter } from "./evidence.ts";
import type { Look, Measure } from "./look.ts";
import { averagings, epsilons, normalized } from "./statistics.ts";

/** The largest x for which every factor is tried. */
const largest = 20_000;

/** A factor that is multiplied with dy before the sum; "" is none. */
interface Term {
  readonly name: string;
  readonly value: NDArray | null;
}

/** Recognises dγ or dβ made of another sum Σ dy · q: for example Σ dy · y where Σ dy · x̂ belongs. */
export function parameterSum(evidence: Evidence, { tolerance }: Measure): Look | null {
  const { quantity, found, expected, dy, y, inputs: [x] = [] } = evidence;
  if (!isParameter(evidence) || !dy || !y || !x || !sameShape(found.shape, expected.shape)) return null;
  if (!sameShape(x.shape, y.shape) || !sameShape(y.shape, dy.shape) || x.size > largest) return null;
  if (!rights.has(expected)) rights.set(expected, rightSum(evidence, dy, x, y, tolerance));
  const right = rights.get(expected);
  const is = right?.sums.find(({ value }) => same(value, found, tolerance));
  if (!right || !is) return null;
  return {
    cause: "extra factor",
    what: `${gradientName(quantity)} is ${text(is.name)}`,
    cure: `${quantity} meets ${right.name || "no factor"} in forward: ${text(right.name)}`,
  };
}

/** The name of the right sum's factor, and all other sums. */
interface RightSum {
  readonly name: string;
  readonly sums: readonly { readonly name: string; readonly value: NDArray }[];
}

/** Known by their right gradient, because `diagnose` asks again for each factor. */
const rights = new WeakMap<NDArray, RightSum | null>();

function rightSum(
  evidence: Evidence,
  dy: NDArray,
  x: NDArray,
  y: NDArray,
  tolerance: number,
): RightSum | null {
  const { expected, constants } = evidence;
  const terms = [...plainTerms(x), ...normalizedTerms(x, constants), { name: "y", value: y }];
  for (const axes of reductions(x.shape, expected.shape)) {
    const sums = terms.map(({ name, value }) => ({
      name,
      value: (value ? dy.mul(value) : dy).sum(axes).reshape(expected.shape),
    }));
    const right = sums.find(({ value }) => same(value, expected, tolerance));
    if (right) return { name: right.name, sums };
  }
  return null;
}

function text(name: string): string {
  return name ? `Σ dy · ${/[ ]/.test(name) ? `(${name})` : name}` : "Σ dy";
}

function plainTerms(x: NDArray): Term[] {
  return [
    { name: "", value: null },
    { name: "x", value: x },
    { name: "min(x, 0)", value: x.mul(x.less(0)) },
    { name: "max(x, 0)", value: x.mul(x.greater(0)) },
  ];
}

/** x̂ of every normalisation, and what is taken for it. */
function normalizedTerms(x: NDArray, constants: Evidence["constants"]): Term[] {
  return averagings(x.shape).flatMap((averaging) =>
    epsilons(constants).flatMap((eps) =>
      [true, false].flatMap((isCentered): Term[] => {
        const { xhat, centered, variance, std } = normalized(x, averaging, eps, isCentered);
        return [
          { name: "x̂", value: xhat },
          ...(isCentered ? [{ name: "x − μ", value: centered }] : []),
          { name: "x / σ", value: x.div(std) },
          { name: "x̂ / σ", value: xhat.div(std) },
          { name: "x̂ with ε outside of the root", value: centered.div(sqrt(variance).add(eps)) },
        ];
      }),
    ),
  );
}

/** The sets of axes whose sum leaves the parameter's shape: all, those before it, or all but the channels. */
function reductions(shape: readonly number[], to: readonly number[]): number[][] {
  const axes = shape.map((_, axis) => axis);
  const size = to.reduce((product, n) => product * n, 1);
  const sets = [
    ...(size === 1 ? [axes] : []),
    ...(sameShape(shape.slice(shape.length - to.length), to) ? [axes.slice(0, axes.length - to.length)] : []),
    ...(to.length === 1 && to[0] === shape[1] ? [axes.filter((axis) => axis !== 1)] : []),
  ];
  return sets.filter((set) => set.length > 0);
}
