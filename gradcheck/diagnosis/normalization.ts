import { type NDArray, sameShape, sqrt } from "../../np/index.ts";
import { close, same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure, Slip } from "./look.ts";
import { elementwise } from "./own-input.ts";
import {
  type Averaging,
  averagings,
  epsilons,
  type Normalized,
  normalized,
  throughNormalization,
} from "./statistics.ts";

/** The largest x for which every kind of normalisation is tried. */
const largest = 20_000;

/** γ, broadcast to x, under its name; or none. */
interface Scale {
  readonly name: string | null;
  readonly value: NDArray | null;
}

/** What the right dx is made of. */
interface Family {
  readonly scale: Scale;
  readonly normalized: Normalized;
}

/** Recognises slips in that of a normalisation (batch, layer, group, instance, RMS), by what the right dx is made of. */
export function normalizationSlip(evidence: Evidence, { tolerance }: Measure): Look | null {
  const own = elementwise(evidence);
  if (!own || own.x.size > largest || own.x.ndim < 2) return null;
  const { x, dy } = own;
  const { found, quantity, expected } = evidence;
  const d = gradientName(quantity);
  if (!families.has(expected)) families.set(expected, familyOf(evidence, x, dy, tolerance));
  const family = families.get(expected);
  if (!family) return asInTraining(evidence, x, dy, tolerance);
  const dxhat = family.scale.value ? dy.mul(family.scale.value) : dy;
  const slips = slipsOf(family.normalized, dxhat, dy, family.scale, x);
  const slip = slips.find(({ value }) => same(value(), found, tolerance));
  if (slip) return { ...slip, what: `${d} is ${slip.what}` };
  return otherAxes(found, averagings(x.shape), family.normalized, dxhat, x, d, tolerance);
}

/** Known by their right dx, because `diagnose` asks again for each factor. */
const families = new WeakMap<NDArray, Family | null>();

function familyOf(evidence: Evidence, x: NDArray, dy: NDArray, tolerance: number): Family | null {
  for (const scale of scales(evidence)) {
    const dxhat = scale.value ? dy.mul(scale.value) : dy;
    for (const n of normalizations(x, evidence))
      if (same(throughNormalization(dxhat, n), evidence.expected, tolerance)) return { scale, normalized: n };
  }
  return null;
}

function* normalizations(x: NDArray, { constants }: Evidence): Generator<Normalized> {
  for (const averaging of averagings(x.shape))
    for (const eps of epsilons(constants))
      for (const isCentered of [true, false]) yield normalized(x, averaging, eps, isCentered);
}

/** Recognises dx of training where the right one has constant statistics. */
function asInTraining(evidence: Evidence, x: NDArray, dy: NDArray, tolerance: number): Look | null {
  for (const { value } of scales(evidence)) {
    const dxhat = value ? dy.mul(value) : dy;
    if (!constantStatistics(evidence, dxhat)) continue;
    const running = [...runningStatistics(evidence, dxhat, value)].flatMap(({ xhat, std }) =>
      averagings(x.shape).map((averaging) => ({ averaging, isCentered: true, xhat, std })),
    );
    for (const n of [...normalizations(x, evidence), ...running])
      if (same(throughNormalization(dxhat, n), evidence.found, tolerance))
        return {
          cause: "wrong term",
          what: `${gradientName(evidence.quantity)} is that of training, with terms through the statistics of the batch`,
          cure: "in evaluation the running statistics are constants: dx = γ dy / σ",
        };
  }
  return null;
}

/** x̂ and σ of the running statistics, from the right y = γ x̂ + β and dx = dx̂ / σ. */
function* runningStatistics(
  { y, expected, parameters = new Map<string, NDArray>() }: Evidence,
  dxhat: NDArray,
  gamma: NDArray | null,
): Generator<Pick<Normalized, "xhat" | "std">> {
  if (!y) return;
  const std = dxhat.div(expected);
  const shape = y.shape.map((n, axis) => (axis === 1 ? n : 1));
  const shifts = [...parameters.values()].filter(({ size, ndim }) => ndim === 1 && size === y.shape[1]);
  for (const beta of [null, ...shifts]) {
    const shifted = beta ? y.sub(beta.reshape(shape)) : y;
    yield { xhat: gamma ? shifted.div(gamma) : shifted, std };
  }
}

/** No γ, or each parameter that may be it. */
function scales({ parameters = new Map<string, NDArray>(), expected: { shape } }: Evidence): Scale[] {
  const found = [...parameters].flatMap(([name, value]): Scale[] => {
    const trailing = shape.slice(shape.length - value.ndim);
    if (sameShape(trailing, value.shape)) return [{ name, value }];
    const perChannel = value.ndim === 1 && value.size === shape[1];
    return perChannel ? [{ name, value: value.reshape(shape.map((n, axis) => (axis === 1 ? n : 1))) }] : [];
  });
  return [...found, { name: null, value: null }];
}

/** Whether the right dx is a multiple of dx̂ in each channel: the statistics are constants, as in evaluation. */
function constantStatistics({ expected }: Evidence, dxhat: NDArray): boolean {
  const axes = expected.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const square = dxhat.mul(dxhat).sum(axes, true);
  const factor = expected.mul(dxhat).sum(axes, true).div(square);
  return close(dxhat.mul(factor).flat(), expected.flat(), 1e-10);
}

function slipsOf(n: Normalized, dxhat: NDArray, dy: NDArray, scale: Scale, x: NDArray): Slip[] {
  const { averaging, isCentered, centered, variance, std, xhat, eps } = n;
  const { mean, count, name } = averaging;
  const formula = isCentered ? "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ" : "dx = (dx̂ − x̂ · mean(dx̂ x̂)) / σ";
  const cure = `${formula} with dx̂ = γ dy, means ${name}`;
  const [m, v] = [isCentered ? mean(dxhat) : dxhat.mul(0), xhat.mul(mean(dxhat.mul(xhat)))];
  const sum = (a: number, b: number): NDArray => dxhat.sub(m.mul(a)).sub(v.mul(b)).div(std);
  const missing = (what: string, a: number, b: number, because: string): Slip => ({
    cause: "term missing",
    what: `that of a normalisation ${what}`,
    cure: `${because}: ${cure}`,
    value: () => sum(a, b),
  });
  const wrong = (what: string, value: () => NDArray): Slip => ({
    cause: "wrong term",
    what: `that of a normalisation ${what}`,
    cure,
    value,
  });
  const withStd = (cause: Slip["cause"], what: string, s: NDArray, fix: string): Slip[] => {
    const hat = centered.div(s);
    const slip = (value: () => NDArray): Slip => ({
      cause,
      what: `that of a normalisation ${what}`,
      cure: fix,
      value,
    });
    return [
      slip(() => throughNormalization(dxhat, { ...n, std: s, xhat: hat })),
      slip(() => throughNormalization(dxhat, { ...n, std: s })),
      slip(() => throughNormalization(dxhat, { ...n, xhat: hat })),
      slip(() => dxhat.div(s)),
    ];
  };
  const root = sqrt(variance);
  return [
    ...(isCentered
      ? [
          missing("without the terms through μ and σ: γ dy / σ", 0, 0, "mean and variance depend on every x"),
          missing("without the term − mean(dx̂)", 0, 1, "μ depends on x as well"),
          missing("without the term − x̂ · mean(dx̂ x̂)", 1, 0, "σ depends on x as well"),
          wrong("with a wrong sign at mean(dx̂)", () => sum(-1, 1)),
          wrong("with the wrong sign at both means", () => sum(-1, -1)),
        ]
      : [missing("without the term through σ: γ dy / σ", 0, 0, "σ depends on every x")]),
    wrong("with a wrong sign at x̂ · mean(dx̂ x̂)", () => sum(1, -1)),
    ...counts(x.shape, count).flatMap(({ other, how }) =>
      [
        { a: count / other, b: count / other, at: "its means" },
        ...(isCentered ? [{ a: count / other, b: 1, at: "mean(dx̂)" }] : []),
        { a: 1, b: count / other, at: "mean(dx̂ x̂)" },
      ].map(
        ({ a, b, at }): Slip => ({
          cause: "wrong count",
          what: `that of a normalisation with a wrong count: ${at} ${how}`,
          cure: `the mean is ${name}, so divide by ${count}, once`,
          value: () => sum(a, b),
        }),
      ),
    ),
    ...(scale.name === null
      ? []
      : [
          {
            cause: "extra factor" as const,
            what: `that of a normalisation without the factor ${scale.name}`,
            cure: `start with dx̂ = ${scale.name} · dy`,
            value: () => throughNormalization(dy, n),
          },
        ]),
    ...(eps > 0
      ? [
          ...withStd(
            "epsilon",
            "with ε outside of the root: σ = √variance + ε",
            root.add(eps),
            "σ = √(variance + ε), as in forward",
          ),
          ...withStd("epsilon", "without ε: σ = √variance", root, "σ = √(variance + ε), as in forward"),
          ...withStd(
            "epsilon",
            "with ε squared under the root",
            sqrt(variance.add(eps * eps)),
            "σ = √(variance + ε), as in forward",
          ),
        ]
      : []),
    ...withStd(
      "wrong count",
      "with the unbiased variance, divided by n − 1",
      sqrt(variance.mul(count / (count - 1)).add(eps)),
      "backward uses the σ of forward, whose variance is divided by n",
    ),
    wrong("not divided by σ", () => sum(1, 1).mul(std)),
    wrong("divided by σ²", () => sum(1, 1).div(std)),
    wrong("with x − μ in place of x̂", () =>
      dxhat
        .sub(m)
        .sub(centered.mul(mean(dxhat.mul(centered))))
        .div(std),
    ),
    wrong("with x in place of x̂", () =>
      dxhat
        .sub(m)
        .sub(x.mul(mean(dxhat.mul(x))))
        .div(std),
    ),
    wrong("with mean(dx̂) · mean(x̂) where mean(dx̂ x̂) belongs", () =>
      dxhat
        .sub(m)
        .sub(xhat.mul(mean(dxhat).mul(mean(xhat))))
        .div(std),
    ),
    wrong("with mean(dx̂) where mean(dx̂ x̂) belongs", () =>
      dxhat
        .sub(m)
        .sub(xhat.mul(mean(dxhat)))
        .div(std),
    ),
    wrong("whose last term lacks its factor x̂", () =>
      dxhat
        .sub(m)
        .sub(mean(dxhat.mul(xhat)))
        .div(std),
    ),
  ];
}

/** Other numbers that a mean may be divided by: none, products of axes, one less, and the right one squared. */
function counts(shape: readonly number[], count: number): { readonly other: number; readonly how: string }[] {
  const products = new Set<number>();
  for (let set = 1; set < 2 ** shape.length; set++)
    products.add(shape.reduce((product, n, axis) => (set & (1 << axis) ? product * n : product), 1));
  const others = [...products, count - 1, count + 1]
    .filter((other) => other > 1 && other !== count)
    .map((other) => ({ other, how: `divided by ${other} instead of ${count}` }));
  return [
    { other: 1, how: "summed instead of averaged" },
    ...others,
    { other: count * count, how: `divided by ${count} twice` },
  ];
}

/** The same formula with means over other axes. */
function otherAxes(
  found: NDArray,
  kinds: readonly Averaging[],
  right: Normalized,
  dxhat: NDArray,
  x: NDArray,
  d: string,
  tolerance: number,
): Look | null {
  for (const averaging of kinds) {
    if (averaging.name === right.averaging.name) continue;
    const whole = normalized(x, averaging, right.eps, right.isCentered);
    const ways = [whole, { ...right, averaging }];
    if (ways.every((n) => !same(throughNormalization(dxhat, n), found, tolerance))) continue;
    return {
      cause: "wrong axis",
      what: `${d} is that of a normalisation with means ${averaging.name}`,
      cure: `the means are ${right.averaging.name}`,
    };
  }
  return null;
}
