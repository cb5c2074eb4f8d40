import type { PreciseFunction, PreciseNumber } from "../../gradcheck/internal.ts";

function mean(values: readonly PreciseNumber[]): PreciseNumber {
  return values.reduce((total, value) => total.plus(value)).div(values.length);
}

/** (x − μ) / √(variance + ε), with the biased variance. */
function normalized(values: readonly PreciseNumber[], eps: number): PreciseNumber[] {
  const center = mean(values);
  const centered = values.map((value) => value.minus(center));
  const std = mean(centered.map((value) => value.times(value)))
    .plus(eps)
    .sqrt();
  return centered.map((value) => value.div(std));
}

/** 0, 1, …, n − 1. */
function range(n: number | undefined): number[] {
  return Array.from({ length: n ?? 0 }, (_, i) => i);
}

/** `BatchNorm1d` of x (N, C) in training, with 64 digits: every column is normalised. */
export const batchNorm: PreciseFunction = (array) => {
  const [x, weight, bias] = [array("x"), array("weight"), array("bias")];
  const [samples, channels] = x.shape;
  const columns = range(channels).map((c) =>
    normalized(
      range(samples).map((n) => x.at(n, c)),
      1e-5,
    ),
  );
  return range(samples).flatMap((n) =>
    columns.map((column, c) => (column[n] as PreciseNumber).times(weight.at(c)).plus(bias.at(c))),
  );
};

/** `LayerNorm` of x (N, D) with 64 digits: every row is normalised. */
export const layerNorm: PreciseFunction = (array) => {
  const [x, weight, bias] = [array("x"), array("weight"), array("bias")];
  const [samples, features] = x.shape;
  return range(samples).flatMap((n) =>
    normalized(
      range(features).map((d) => x.at(n, d)),
      1e-5,
    ).map((value, d) => value.times(weight.at(d)).plus(bias.at(d))),
  );
};
