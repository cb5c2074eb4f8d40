import type { Reduction } from "../../contracts/index.ts";
import type { PreciseArray, PreciseFunction, PreciseNumber } from "../../gradcheck/internal.ts";

/** 0, 1, …, n − 1. */
function range(n: number | undefined): number[] {
  return Array.from({ length: n ?? 0 }, (_, i) => i);
}
function sum(terms: readonly PreciseNumber[]): PreciseNumber {
  return terms.reduce((total, term) => total.plus(term));
}

/** Caches the values of f: exp and ln are most of the work, and only one element changes at a time. */
function once<T>(f: (x: PreciseNumber) => T): (x: PreciseNumber) => T {
  const known = new WeakMap<PreciseNumber, T>();
  return (x) => {
    const value = known.get(x) ?? f(x);
    known.set(x, value);
    return value;
  };
}
const exponential = once((x) => x.exp());
const logarithm = once((x) => x.ln());
/** −log σ(x) and −log(1 − σ(x)). */
const ofLogits = once((x) => [x.neg().exp().plus(1).ln(), x.exp().plus(1).ln()] as const);
/** −log x and −log(1 − x). */
const ofProbabilities = once((x) => [x.ln().neg(), x.neg().plus(1).ln().neg()] as const);

/** `Linear` with 64 digits: y[i, j] = Σ_k x[i, k] W[j, k] + b[j]. */
export const linear: PreciseFunction = (array) => {
  const [x, weight, bias] = [array("x"), array("weight"), array("bias")];
  const [samples, features] = x.shape;
  const product = (i: number, j: number): PreciseNumber =>
    sum(range(features).map((k) => x.at(i, k).times(weight.at(j, k))));
  return range(samples).flatMap((i) => range(weight.shape[0]).map((j) => product(i, j).plus(bias.at(j))));
};

/** `Bilinear` with 64 digits: y[n, m] = Σ_ij x[n, i] W[m, i, j] x2[n, j] + b[m]. */
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

/** `Conv2d` with default options and 64 digits: y[n, m, i, j] = Σ_ckl W[m, c, k, l] x[n, c, i + k, j + l] + b[m]. */
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

/** `CrossEntropyLoss` of class indices with 64 digits: the mean over rows of log Σ_j exp(x[i, j]) − x[i, target[i]]. */
export const softmaxCrossEntropy: PreciseFunction = (array) => {
  const [x, target] = [array("x"), array("target")];
  const [samples, classes] = x.shape;
  const loss = (i: number): PreciseNumber =>
    sum(range(classes).map((j) => exponential(x.at(i, j))))
      .ln()
      .minus(x.at(i, target.at(i).toNumber()));
  return [sum(range(samples).map(loss)).div(samples as number)];
};

/**
 * The binary cross-entropies with 64 digits, of logits or of probabilities that are not clamped,
 * with a weight and a weight of the positive term for each column.
 */
export function weightedBinary(
  of: "logits" | "probabilities",
  weight: readonly number[],
  posWeight: readonly number[],
  reduction: Reduction,
): PreciseFunction {
  const logarithms = of === "logits" ? ofLogits : ofProbabilities;
  return (array) => {
    const [x, target] = [array("x"), array("target")];
    const [rows, columns] = x.shape;
    const elements = range(rows).flatMap((i) =>
      range(columns).map((j) => {
        const [yes, no] = logarithms(x.at(i, j));
        const t = target.at(i, j);
        const positive = yes.times(t).times(posWeight[j] as number);
        return positive.plus(no.times(t.neg().plus(1))).times(weight[j] as number);
      }),
    );
    if (reduction === "none") return elements;
    return [sum(elements).div(reduction === "mean" ? elements.length : 1)];
  };
}

/** `KLDivLoss` with 64 digits: KL(t ‖ eˣ), averaged over the rows. */
export const batchmeanDivergence: PreciseFunction = (array) => {
  const [x, target] = [array("x"), array("target")];
  const [rows, columns] = x.shape;
  const term = (i: number, j: number): PreciseNumber =>
    target.at(i, j).times(logarithm(target.at(i, j)).minus(x.at(i, j)));
  return [sum(range(rows).flatMap((i) => range(columns).map((j) => term(i, j)))).div(rows as number)];
};

/** `CosineEmbeddingLoss` with 64 digits: the mean over rows of 1 − cos(x, x2), or of max(0, cos(x, x2) − margin). */
export const cosineEmbedding =
  (margin: string): PreciseFunction =>
  (array) => {
    const [x, x2, target] = [array("x"), array("x2"), array("target")];
    const [rows, features] = x.shape;
    const dot = (a: PreciseArray, b: PreciseArray, n: number): PreciseNumber =>
      sum(range(features).map((i) => a.at(n, i).times(b.at(n, i))));
    const losses = range(rows).map((n) => {
      const squares = dot(x, x, n)
        .plus("1e-12")
        .times(dot(x2, x2, n).plus("1e-12"));
      const cosine = dot(x, x2, n).div(squares.sqrt());
      if (target.at(n).toNumber() === 1) return cosine.neg().plus(1);
      const beyond = cosine.minus(margin);
      return beyond.toNumber() >= 0 ? beyond : beyond.times(0);
    });
    return [sum(losses).div(rows as number)];
  };

/** `Softmax(1)` of rows with 64 digits: y[i, j] = exp(x[i, j]) / Σ_k exp(x[i, k]). */
export const softmax: PreciseFunction = (array) => {
  const x = array("x");
  const [rows, columns] = x.shape.map(range) as [number[], number[]];
  return rows.flatMap((i) => {
    const total = sum(columns.map((k) => exponential(x.at(i, k))));
    return columns.map((j) => exponential(x.at(i, j)).div(total));
  });
};

/** `LogSoftmax(1)` of rows with 64 digits: the logarithm of the softmax. */
export const logSoftmax: PreciseFunction = (array) => {
  const x = array("x");
  const [rows, columns] = x.shape.map(range) as [number[], number[]];
  return rows.flatMap((i) => {
    const total = sum(columns.map((k) => exponential(x.at(i, k)))).ln();
    return columns.map((j) => x.at(i, j).minus(total));
  });
};

/** `PReLU` away from its kink with 64 digits: y[n, c] = x[n, c] if that is positive, else a[c] x[n, c], or a[0] x[n, c]. */
export const prelu: PreciseFunction = (array) => {
  const [x, weight] = [array("x"), array("weight")];
  const [samples, channels] = x.shape.map(range) as [number[], number[]];
  const slope = (c: number): PreciseNumber => weight.at(weight.shape[0] === 1 ? 0 : c);
  return samples.flatMap((n) =>
    channels.map((c) => (x.at(n, c).toNumber() > 0 ? x.at(n, c) : x.at(n, c).times(slope(c)))),
  );
};
