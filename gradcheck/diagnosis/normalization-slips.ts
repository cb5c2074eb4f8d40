import { type NDArray, sqrt } from "../../np/index.ts";
import type { Slip } from "./look.ts";
import { type Normalized, throughNormalization } from "./statistics.ts";

/** γ, broadcast to x, under its name; or none. */
export interface Scale {
  readonly name: string | null;
  readonly value: NDArray | null;
}

/** The wrong dx of a normalisation that are known: a term missing, a wrong count, ε elsewhere, another x̂. */
export function normalizationSlips(
  n: Normalized,
  dxhat: NDArray,
  dy: NDArray,
  scale: Scale,
  x: NDArray,
): Slip[] {
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
