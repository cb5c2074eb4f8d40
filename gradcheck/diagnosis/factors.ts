import type { Cause, Evidence, Length } from "./evidence.ts";
import { gradientName, isParameter } from "./evidence.ts";

/** A named factor: its value, its description, and where to look. */
export interface Factor {
  readonly value: number;
  readonly cause: Cause;
  readonly also?: Cause;
  /** "divided by 4 = N, the batch". */
  readonly is: string;
  readonly look: string;
}

/** Lengths above 1, each once; several names of one length are joined. */
export function distinctLengths({ lengths, expected, dy }: Evidence): Length[] {
  const names = new Map<number, string>();
  for (const { name, length } of lengths ?? shapeLengths(expected.shape, dy?.shape ?? [])) {
    const other = names.get(length);
    if (length > 1 && other !== name) names.set(length, other ? `${other}, or ${name}` : name);
  }
  return [...names].map(([length, name]) => ({ name, length }));
}

function shapeLengths(shape: readonly number[], dy: readonly number[]): Length[] {
  const of = (lengths: readonly number[], what: string): Length[] =>
    lengths.map((length, axis) => ({ name: `the length of ${what}'s axis ${axis}`, length }));
  const size = dy.reduce((product, n) => product * n, 1);
  return [
    ...of(dy, "dy"),
    ...of(shape, "the gradient"),
    { name: "the number of elements of dy", length: size },
    { name: "the number of elements of the gradient", length: shape.reduce((product, n) => product * n, 1) },
  ];
}

/**
 * All named factors, simplest first: −1, 2, ½, N, 1/N, then these with a wrong sign, with 2, and
 * squared.
 */
export function namedFactors(evidence: Evidence): Factor[] {
  const lengths = distinctLengths(evidence);
  const two = lengths.find(({ length }) => length === 2);
  const orTwo = two ? ` (2 is also ${two.name})` : "";
  const sign: Factor = {
    value: -1,
    cause: "sign",
    is: "with the wrong sign",
    look: "look for a missing or an extra minus: d(−u) = −du, d(a − b)/db = −1",
  };
  const twos: Factor[] = [
    {
      value: 2,
      cause: "factor 2",
      is: `times 2${orTwo}`,
      look: "look for an extra 2, a gradient added twice, or d(u²) = 2u·du used where there is no square",
    },
    {
      value: 0.5,
      cause: "factor 2",
      is: `divided by 2${orTwo}`,
      look: "look for a missing 2, as in d(u²) = 2u·du, or a ½ that forward does not have",
    },
  ];
  const others = lengths.filter(({ length }) => length !== 2);
  const plain = others.flatMap((length) => [times(length, evidence), over(length, evidence)]);
  const withTwo = plain.flatMap((factor) => twos.map((by) => product(factor, by)));
  const squares = plain.map((factor) => product(factor, factor));
  const positive = [...twos, ...plain, ...withTwo, ...squares];
  const close = [sign, ...twos, ...plain, ...[...twos, ...plain].map((factor) => product(factor, sign))];
  return [...close, ...positive.filter((factor) => !close.includes(factor))];
}

/** Whether this length is the batch, as the checks name it. */
function isBatch({ name }: Length): boolean {
  return /^N\b/.test(name);
}

function times(length: Length, evidence: Evidence): Factor {
  const { dy } = evidence;
  const slide =
    isBatch(length) && isParameter(evidence) && dy !== undefined && dy.size > 1
      ? "; if its class averages in dW, as the lecture's slide does, average there too"
      : "";
  return {
    value: length.length,
    cause: "factor N",
    is: `times ${length.length} = ${length.name}`,
    look: `where forward takes a mean, backward divides by that number, once: look for a missing 1/N, or a sum instead of a mean${slide}`,
  };
}

function over(length: Length, evidence: Evidence): Factor {
  const { quantity, dy, expected, inputs: [x] = [] } = evidence;
  const one = expected.ndim === 1 ? "use sum(0), not mean(0)" : "do not divide by it";
  const isLoss = dy?.size === 1;
  const all =
    x && isLoss ? `; or is the mean taken over all ${x.size} elements where only the rows count?` : "";
  const parameter = `the gradient of a parameter is a *sum* over the batch: ${one}; the 1/N of the loss is already in dy`;
  const look = isLoss
    ? `divide by N exactly once if the loss takes a mean, and not at all if it sums${isBatch(length) ? "" : all}`
    : !isParameter(evidence)
      ? "only a mean in forward puts 1/N into backward; the 1/N of the loss is already in dy"
      : isBatch(length)
        ? `you average in ${gradientName(quantity)}, as the lecture's slide does; here the 1/N is in the loss. Either is right, both together are wrong. Sum over the batch: ${one}`
        : parameter;
  return {
    value: 1 / length.length,
    cause: "factor 1/N",
    is: `divided by ${length.length} = ${length.name}`,
    look,
  };
}

function product(a: Factor, b: Factor): Factor {
  return {
    value: a.value * b.value,
    cause: a.cause,
    ...(a === b ? {} : { also: b.cause }),
    is: a === b ? `${a.is}, twice` : `${a.is} and ${b.is}`,
    look: b.cause === "sign" ? `${a.look}; and ${b.look}` : a.look,
  };
}

/** The named factor with this value. */
export function factorNamed(
  value: number | null,
  factors: readonly Factor[],
  tolerance: number,
): Factor | undefined {
  if (value === null) return undefined;
  return factors.find((factor) => Math.abs(value / factor.value - 1) <= tolerance);
}
