import { exp, formatShape, logsumexp, type NDArray, sameShape, sqrt } from "../../np/index.ts";
import { close, commonFactor, same } from "./closeness.ts";
import type { Diagnosis, Evidence } from "./evidence.ts";
import { distinctLengths, factorNamed, namedFactors } from "./factors.ts";
import type { Look, Slip } from "./look.ts";
import { permutation } from "./order.ts";
import { whereWrong } from "./places.ts";
import { averagings, epsilons, normalized } from "./statistics.ts";
import { observations } from "./unknown.ts";
import { constantNamed, countsNamed } from "./unnamed-factors.ts";

/** The largest x for which every kind of normalisation is tried. */
const largest = 20_000;

/**
 * Finds the known mistake that a wrong y of forward looks like: a factor, another order or axis, a
 * missing bias, a slip in a normalisation or a softmax. `found` and `expected` are y.
 * Default tolerance, relative to the largest element: 1e-9, or 1e-5 in float32.
 */
export function diagnoseForward(given: Evidence, options: { readonly tolerance?: number } = {}): Diagnosis {
  const isExact = given.found.dtype === "float64" && given.expected.dtype === "float64";
  const { tolerance = isExact ? 1e-9 : 1e-5 } = options;
  const evidence = {
    ...given,
    quantity: "y",
    found: given.found.astype("float64"),
    expected: given.expected.astype("float64"),
  };
  const look =
    factorLook(evidence, tolerance) ??
    orderLook(evidence, tolerance) ??
    biasLook(evidence, tolerance) ??
    normalizationLook(evidence, tolerance) ??
    softmaxLook(evidence, tolerance) ??
    otherFactorLook(evidence, tolerance) ??
    offsetLook(evidence, tolerance);
  const where = whereWrong(evidence, tolerance);
  if (!look) return { cause: "unknown", where, what: observations(evidence, tolerance), cure: "" };
  const guess = evidence.expected.size === 1 ? " (a guess from one number only)" : "";
  return { cause: look.cause, where, what: `${look.what}${guess}`, cure: look.cure };
}

function factorLook(evidence: Evidence, tolerance: number): Look | null {
  const { found, expected } = evidence;
  const factor = commonFactor(found, expected, tolerance);
  if (factor === null || factor === 1) return null;
  const named = factorNamed(factor, namedFactors(evidence), tolerance);
  if (named)
    return {
      cause: named.cause,
      what: `y is the right one ${named.is}`,
      cure: lookInForward[named.cause] ?? "",
    };
  return null;
}

/** A factor without a name: a quotient of two counts, a known constant, or just a number. */
function otherFactorLook(evidence: Evidence, tolerance: number): Look | null {
  const { found, expected } = evidence;
  const factor = commonFactor(found, expected, tolerance);
  if (factor === null || factor === 1) return null;
  const is = `y is the right one times ${Number(factor.toPrecision(6))}`;
  const counts = expected.size === 1 ? countsNamed(factor, distinctLengths(evidence), tolerance) : null;
  if (counts)
    return {
      cause: "wrong count",
      what: `${is}, as if a mean were taken over ${counts.over} elements instead of ${counts.right}`,
      cure: `divide by ${counts.right}, the number of elements that the mean counts`,
    };
  const constant = constantNamed(factor, tolerance);
  if (expected.size === 1 && !constant) return null;
  return {
    cause: "other factor",
    what: `${is}${constant ? ` = ${constant.text}` : ", everywhere"}`,
    cure: constant?.look ?? "a constant is wrong",
  };
}

const lookInForward: Partial<Record<Diagnosis["cause"], string>> = {
  sign: "look for a missing or an extra minus",
  "factor 2": "look for an extra or a missing 2 or ½",
  "factor N": "is there a sum where a mean belongs, or a mean over too few elements?",
  "factor 1/N":
    "is there a mean where a sum belongs, or a mean over too many elements, such as all instead of the rows?",
};

function orderLook({ found, expected }: Evidence, tolerance: number): Look | null {
  const isMatrix = expected.ndim >= 2;
  if (isMatrix && (same(found, expected.T, tolerance) || same(found, expected.mT, tolerance)))
    return { cause: "transposed", what: "y is the transpose of the right one", cure: "look at the .T" };
  if (!sameShape(found.shape, expected.shape))
    return close(found.flat(), expected.flat(), tolerance)
      ? {
          cause: "other shape",
          what: `y has the right numbers in shape ${formatShape(found.shape)}`,
          cure: `it belongs in shape ${formatShape(expected.shape)}`,
        }
      : null;
  const look = expected.size > 1 ? permutation("y", found, expected, tolerance) : null;
  return look && { ...look, cause: "permuted rows" };
}

/** A parameter that is not added, or with a wrong sign, or twice. */
function biasLook({ found, expected, parameters = new Map() }: Evidence, tolerance: number): Look | null {
  if (!sameShape(found.shape, expected.shape)) return null;
  const apart = found.sub(expected);
  for (const [name, value] of parameters as ReadonlyMap<string, NDArray>) {
    const shift = alongSomeAxis(value, expected.shape);
    for (const b of shift) {
      const isNot = (times: number): boolean => close(apart.flat(), b.mul(times).flat(), tolerance * 10);
      if (isNot(-1))
        return { cause: "term missing", what: `y is the right one without + ${name}`, cure: `add ${name}` };
      if (isNot(1))
        return { cause: "wrong term", what: `y has ${name} added twice`, cure: `add ${name} once` };
      if (isNot(-2))
        return { cause: "wrong term", what: `y has − ${name} where + ${name} belongs`, cure: `add ${name}` };
    }
  }
  return null;
}

/** A vector broadcast along the last axis, and along the channels. */
function alongSomeAxis(value: NDArray, shape: readonly number[]): NDArray[] {
  if (value.ndim !== 1) return [];
  return [shape.length - 1, 1].flatMap((axis) =>
    axis >= 0 && axis < shape.length && value.size === shape[axis]
      ? [
          value
            .reshape(shape.map((n, i) => (i === axis ? n : 1)))
            .broadcastTo(shape)
            .copy(),
        ]
      : [],
  );
}

/** A normalisation whose x̂ has a slip: y = γ x̂ + β with the γ and β of the right one. */
function normalizationLook(evidence: Evidence, tolerance: number): Look | null {
  const { found, expected, inputs: [x] = [], parameters = new Map<string, NDArray>(), constants } = evidence;
  if (!x || x.ndim < 2 || x.size > largest || !sameShape(x.shape, expected.shape)) return null;
  if (!sameShape(found.shape, expected.shape)) return null;
  const broadcast = [...parameters.values()].flatMap((value): NDArray[] => {
    if (sameShape(x.shape.slice(x.ndim - value.ndim), value.shape)) return [value];
    return value.ndim === 1 && value.size === x.shape[1]
      ? [value.reshape(x.shape.map((n, axis) => (axis === 1 ? n : 1)))]
      : [];
  });
  const affine = [
    (xhat: NDArray) => xhat,
    ...broadcast.map((g) => (xhat: NDArray) => xhat.mul(g)),
    ...broadcast.flatMap((g) =>
      broadcast.filter((b) => b !== g).map((b) => (xhat: NDArray) => xhat.mul(g).add(b)),
    ),
  ];
  const kinds = averagings(x.shape);
  for (const y of affine)
    for (const averaging of kinds)
      for (const eps of epsilons(constants))
        for (const isCentered of [true, false]) {
          const { xhat, centered, variance } = normalized(x, averaging, eps, isCentered);
          if (!same(y(xhat), expected, tolerance)) continue;
          const { count } = averaging;
          const cure = "σ = √(variance + ε)";
          const slips: Slip[] = [
            {
              cause: "epsilon",
              what: "a normalisation with ε outside of the root: σ = √variance + ε",
              cure,
              value: () => centered.div(sqrt(variance).add(eps)),
            },
            {
              cause: "epsilon",
              what: "a normalisation without ε",
              cure,
              value: () => centered.div(sqrt(variance)),
            },
            {
              cause: "wrong count",
              what: "a normalisation with the unbiased variance, divided by n − 1",
              cure: `divide by n = ${count}`,
              value: () => centered.div(sqrt(variance.mul(count / (count - 1)).add(eps))),
            },
            {
              cause: "wrong term",
              what: "a normalisation divided by the variance, not by its root",
              cure,
              value: () => centered.div(variance.add(eps)),
            },
            {
              cause: "term missing",
              what: "a normalisation that only subtracts the mean",
              cure: "divide by σ",
              value: () => centered,
            },
            ...kinds.flatMap((other): Slip[] =>
              other.name === averaging.name
                ? []
                : [
                    {
                      cause: "wrong axis",
                      what: `a normalisation with mean and variance ${other.name}`,
                      cure: `they are ${averaging.name}`,
                      value: () => normalized(x, other, eps, isCentered).xhat,
                    },
                  ],
            ),
          ];
          const slip = slips.find(({ value }) => same(y(value()), found, tolerance));
          return slip ? { cause: slip.cause, what: `y is ${slip.what}`, cure: slip.cure } : null;
        }
  return null;
}

/** A softmax along another axis, or not divided by its sum. */
function softmaxLook({ found, expected, inputs: [x] = [] }: Evidence, tolerance: number): Look | null {
  if (!x || x.ndim === 0 || !sameShape(x.shape, expected.shape)) return null;
  const along = (axis: number): NDArray => x.sub(logsumexp(x, axis, true));
  const axes = x.shape.map((_, axis) => axis);
  for (const f of [exp, (z: NDArray): NDArray => z]) {
    const axis = axes.find((one) => same(f(along(one)), expected, tolerance));
    if (axis === undefined) continue;
    const other = axes.find((one) => same(f(along(one)), found, tolerance));
    if (other !== undefined)
      return {
        cause: "wrong axis",
        what: `y is the softmax along axis ${other}`,
        cure: `it is along axis ${axis}`,
      };
    const all = x.sub(logsumexp(x.reshape(-1), 0, true));
    if (same(f(all), found, tolerance))
      return {
        cause: "wrong axis",
        what: "y is the softmax over all elements",
        cure: `it is along axis ${axis}`,
      };
    if (same(exp(x), found, tolerance))
      return { cause: "term missing", what: "y is exp(x)", cure: "divide by its sum along the axis" };
  }
  return null;
}

function offsetLook({ found, expected }: Evidence, tolerance: number): Look | null {
  if (!sameShape(found.shape, expected.shape) || expected.size < 2) return null;
  const apart = found.sub(expected).flat();
  const first = apart[0] as number;
  const size = Math.max(...Array.from(expected.flat(), Math.abs));
  if (!Array.from(apart).every((value) => Math.abs(value - first) <= tolerance * size)) return null;
  return {
    cause: "wrong term",
    what: `y is the right one plus ${Number(first.toPrecision(6))}, everywhere`,
    cure: "a constant is missing or too many",
  };
}
