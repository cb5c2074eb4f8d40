import type { PreciseArray, PreciseFunction, PreciseNumber } from "../../gradcheck/index.ts";

/** 0, 1, …, n − 1. */
function range(n: number | undefined): number[] {
  return Array.from({ length: n ?? 0 }, (_, i) => i);
}
function sum(terms: readonly PreciseNumber[]): PreciseNumber {
  return terms.reduce((total, term) => total.plus(term));
}

/** y[i, j] = Σ over k of x[i, k] W[j, k], + b[j]: `Linear` with 64 digits. */
export const linear: PreciseFunction = (array) => {
  const [x, weight, bias] = [array("x"), array("weight"), array("bias")];
  const [samples, features] = x.shape;
  const product = (i: number, j: number): PreciseNumber =>
    sum(range(features).map((k) => x.at(i, k).times(weight.at(j, k))));
  return range(samples).flatMap((i) => range(weight.shape[0]).map((j) => product(i, j).plus(bias.at(j))));
};

/** y[n, m] = Σ over i and j of x[n, i] W[m, i, j] x2[n, j], + b[m]: `Bilinear` with 64 digits. */
export const bilinear: PreciseFunction = (array) => {
  const [x, x2, weight, bias] = [array("x"), array("x2"), array("weight"), array("bias")];
  const [outs, d, e] = weight.shape;
  const product = (n: number, m: number): PreciseNumber =>
    sum(
      range(d).flatMap((i) =>
        range(e).map((j) =>
          x
            .at(n, i)
            .times(weight.at(m, i, j))
            .times(x2.at(n, j)),
        ),
      ),
    );
  return range(x.shape[0]).flatMap((n) => range(outs).map((m) => product(n, m).plus(bias.at(m))));
};

/** y[n, m, i, j] = Σ over c, k, l of W[m, c, k, l] x[n, c, i + k, j + l], + b[m]: `Conv2d`, every option at its default, with 64 digits. */
export const conv2d: PreciseFunction = (array) => {
  const [x, weight, bias] = [array("x"), array("weight"), array("bias")];
  const [samples, channels, height, width] = x.shape as [number, number, number, number];
  const [outs, , kh, kw] = weight.shape as [number, number, number, number];
  const y = (n: number, m: number, i: number, j: number): PreciseNumber => {
    const terms = range(channels).flatMap((c) =>
      range(kh).flatMap((k) => range(kw).map((l) => weight.at(m, c, k, l).times(x.at(n, c, i + k, j + l)))),
    );
    return sum(terms).plus(bias.at(m));
  };
  return range(samples).flatMap((n) =>
    range(outs).flatMap((m) =>
      range(height - kh + 1).flatMap((i) => range(width - kw + 1).map((j) => y(n, m, i, j))),
    ),
  );
};

/** The mean over rows of log Σ exp(x[i, j]) − x[i, target[i]]: `CrossEntropyLoss` of class indices with 64 digits. */
export const softmaxCrossEntropy: PreciseFunction = (array) => {
  const [x, target] = [array("x"), array("target")];
  const [samples, classes] = x.shape;
  const loss = (i: number): PreciseNumber =>
    sum(range(classes).map((j) => exponential(x, i, j)))
      .ln()
      .minus(x.at(i, target.at(i).toNumber()));
  return [sum(range(samples).map(loss)).div(samples as number)];
};

/** exp is most of the work, and all elements but one are as they were. */
const powers = new WeakMap<PreciseNumber, PreciseNumber>();
function exponential(x: PreciseArray, i: number, j: number): PreciseNumber {
  const element = x.at(i, j);
  const power = powers.get(element) ?? element.exp();
  powers.set(element, power);
  return power;
}
