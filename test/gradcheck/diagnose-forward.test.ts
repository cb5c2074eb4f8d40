import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { LayerNorm, Linear, Softmax } from "chalk-and-tape/manual";
import { array, exp, logsumexp, type NDArray, random, sqrt } from "chalk-and-tape/np";
import { adviceText, diagnoseForward, namedLengths } from "#internal/gradcheck";

const seeds = Array.from({ length: 8 }, (_, seed) => seed);

describe("diagnoseForward", () => {
  /** A layer normalisation with γ and β, and its wrong forwards. */
  const wrongNormalizations = (seed: number) => {
    const rng = random(seed);
    const [x, weight, bias] = [rng.normal(1, 2, [5, 4]), rng.normal(1, 1, [4]), rng.normal(0, 1, [4])];
    const eps = 1e-5;
    const along = (axis: number, s: (variance: NDArray, count: number) => NDArray): NDArray => {
      const centered = x.sub(x.mean(axis, true));
      const variance = centered.mul(centered).mean(axis, true);
      return centered
        .div(s(variance, x.shape[axis] as number))
        .mul(weight)
        .add(bias);
    };
    const right = (variance: NDArray): NDArray => sqrt(variance.add(eps));
    const evidence = { quantity: "y", expected: along(1, right), inputs: [x], parameters: new Map([["weight", weight], ["bias", bias]]) }; // biome-ignore format: a table
    const wrong: readonly (readonly [cause: string, says: RegExp, found: NDArray])[] = [
      [
        "epsilon",
        /ε outside of the root: σ = √variance \+ ε; σ = √\(variance \+ ε\)/,
        along(1, (v) => sqrt(v).add(eps)),
      ],
      ["epsilon", /without ε/, along(1, (v) => sqrt(v))],
      [
        "wrong count",
        /unbiased variance, divided by n − 1/,
        along(1, (v, n) => sqrt(v.mul(n / (n - 1)).add(eps))),
      ],
      ["wrong axis", /mean and variance over axis 0: they are over axis 1/, along(0, right)],
      ["wrong term", /divided by the variance/, along(1, (v) => v.add(eps))],
      ["term missing", /without \+ bias: add bias/, evidence.expected.sub(bias)],
      ["wrong term", /bias added twice/, evidence.expected.add(bias)],
      ["permuted rows", /in another order: reversed/, evidence.expected.slice([null, null, -1]).copy()],
      ["unknown", /no known mistake/, evidence.expected.add(x.mul(0.01))],
    ];
    return { evidence, wrong };
  };
  it("names slips of a normalisation, a bias and an order, at 8 seeds", () => {
    for (const seed of seeds) {
      const { evidence, wrong } = wrongNormalizations(seed);
      for (const [cause, says, found] of wrong) {
        const diagnosis = diagnoseForward({ ...evidence, found });
        expect(diagnosis.cause, `seed ${seed}, ${says}: ${adviceText(diagnosis)}`).to.equal(cause);
        expect(adviceText(diagnosis)).to.match(says);
      }
    }
  });
  it("names a mean over the wrong count, and a logarithm to another base", () => {
    const x = random(1).normal(0, 1, [5, 4]);
    const lengths = namedLengths(x, array(1));
    const of = (factor: number) =>
      diagnoseForward({
        quantity: "y",
        found: array(1.3 * factor),
        expected: array(1.3),
        inputs: [x],
        lengths,
      });
    expect(of(5).cause).to.equal("factor N");
    expect(adviceText(of(5))).to.match(
      /times 5 = N, the batch \(a guess from one number only\): is there a sum where a mean/,
    );
    expect(of(1 / 4).cause).to.equal("factor 1/N");
    expect(adviceText(of(1 / 4))).to.match(/divided by 4 .*such as all instead of the rows/);
    expect(adviceText(of(3 / 5))).to.match(/over 5 elements instead of 3/);
    expect(adviceText(of(1 / Math.LN2))).to.match(/= 1 \/ ln 2/);
    expect(of(0.7312).cause).to.equal("unknown");
  });
  it("names a softmax along another axis, or not divided", () => {
    const x = random(2).normal(0, 1, [3, 4]);
    const softmax = (axis: number): NDArray => exp(x.sub(logsumexp(x, axis, true)));
    const of = (found: NDArray) =>
      adviceText(diagnoseForward({ quantity: "y", found, expected: softmax(1), inputs: [x] }));
    expect(of(softmax(0))).to.equal("y is the softmax along axis 0: it is along axis 1");
    expect(of(exp(x))).to.match(/y is exp\(x\): divide by its sum/);
    expect(of(softmax(1).T.copy())).to.match(/transpose/);
  });
  it("is part of a report on a student's class", () => {
    class Unbiased extends LayerNorm {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        const axes = this.normalizedShape.map((_, i) => x.ndim - 1 - i);
        const centered = x.sub(x.mean(axes, true));
        const y = centered.div(sqrt(centered.mul(centered).mean(axes, true)).add(this.eps));
        const scaled = this.weight ? y.mul(this.weight) : y;
        return this.bias ? scaled.add(this.bias) : scaled;
      }
    }
    class NoBias extends Linear {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        return x.matmul(this.weight.T);
      }
    }
    class AlongRows extends Softmax {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        return exp(x.sub(logsumexp(x, 0, true)));
      }
    }
    const report = (name: string, student: Parameters<typeof check>[1]): string =>
      formatReport(check(name, student, { quiet: true }));
    expect(report("LayerNorm", Unbiased)).to.match(/✗ forward[\s\S]*ε outside of the root/);
    expect(report("Linear", NoBias)).to.match(/✗ forward[\s\S]*y is the right one without \+ bias: add bias/);
    expect(report("Softmax", AlongRows)).to.match(/✗ forward[\s\S]*y is the softmax along axis 0/);
  });
});
