import { expect } from "chai";
import { array, NDArray, random } from "chalk-and-tape/np";
import { adviceText, type Cause, diagnose, gradientName } from "#internal/gradcheck";
import { situation, wrongGradients } from "./wrong-gradients.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

const largest = (x: NDArray): number => Math.max(...Array.from(x.flat(), Math.abs));

describe("diagnose: one mistake", () => {
  for (const { cause, what, shapes, make, says } of wrongGradients) {
    it(`${cause}: ${what}, in ${shapes.length} shapes and 20 seeds, with all other causes possible`, () => {
      for (const shape of shapes) {
        for (const seed of seeds) {
          const found = diagnose(make(situation(seed, shape)));
          expect(found.cause, `${shape} seed ${seed}: ${adviceText(found)}`).to.equal(cause);
          expect(adviceText(found)).to.match(says);
        }
      }
    });
  }
  it("every cause has a wrong gradient in two shapes or more", () => {
    const causes: Cause[] = ["factor N", "factor 1/N", "factor 2", "sign", "transposed", "not summed", "mask", "permuted rows", "upstream ignored", "zero", "stale cache", "accumulated", "derivative missing", "other shape", "other factor"]; // biome-ignore format: a list
    for (const cause of causes) {
      const shapes = wrongGradients.filter((wrong) => wrong.cause === cause).flatMap((wrong) => wrong.shapes);
      expect(shapes.length, cause).to.be.greaterThan(1);
    }
  });
});

describe("diagnose: two mistakes at once", () => {
  const structural = ["transposed", "not summed", "permuted rows", "upstream ignored", "stale cache", "accumulated", "derivative missing", "other shape"]; // biome-ignore format: a list
  const plain = ["sign", "factor 2", "factor N", "factor 1/N"] as const;
  const value = { sign: -1, "factor 2": 2, "factor N": 7, "factor 1/N": 1 / 7 };
  for (const { cause, what, make } of wrongGradients.filter((wrong) => structural.includes(wrong.cause))) {
    for (const factor of plain) {
      it(`${cause} (${what}) and ${factor} are both named`, () => {
        for (const seed of seeds) {
          const evidence = make(situation(seed, [7, 4, 4]));
          const found = diagnose({ ...evidence, found: evidence.found.mul(value[factor]) });
          // 7 times a flat array has the shape of nothing else; a transpose needs two axes.
          expect([found.cause, found.also], `seed ${seed}: ${adviceText(found)}`).to.deep.equal([
            cause,
            factor,
          ]);
        }
      });
    }
  }
  it("a sign on a factor N is both", () => {
    for (const seed of seeds) {
      const s = situation(seed, [4, 5, 3]);
      const found = diagnose({ ...s.of.weight, found: s.of.weight.expected.mul(-4) });
      expect([found.cause, found.also]).to.deep.equal(["factor N", "sign"]);
    }
  });
  it("a mask and a factor are both named where something is left unmasked", () => {
    for (const seed of seeds) {
      const s = situation(seed, [4, 5, 3]);
      const found = diagnose({ ...s.of.relu, found: s.dy.div(4) });
      expect([found.cause, found.also], adviceText(found)).to.deep.equal(["mask", "factor 1/N"]);
    }
  });
  it("divided by N twice is a factor 1/N, twice", () => {
    const s = situation(1, [4, 5, 3]);
    const found = diagnose({ ...s.of.weight, found: s.of.weight.expected.div(16) });
    expect(found.cause).to.equal("factor 1/N");
    expect(adviceText(found)).to.match(/, twice:/);
  });
});

describe("diagnose: nothing known", () => {
  it("random numbers are unknown, in any shape, and the text tells what can be seen", () => {
    for (const shape of [
      [4, 5, 3],
      [3, 3, 3],
      [2, 2, 2],
      [1, 2, 2],
    ] as const) {
      for (const seed of seeds) {
        const s = situation(seed, shape);
        for (const key of ["weight", "bias", "x"] as const) {
          const found = diagnose({ ...s.of[key], found: s.rng.normal(0, 1, s.of[key].expected.shape) });
          expect(found.cause, `${key} ${shape} seed ${seed}: ${adviceText(found)}`).to.equal("unknown");
          expect(adviceText(found)).to.match(/all \d+ elements are wrong.*lies between/);
        }
      }
    }
  });
  it("random numbers of another shape are unknown", () => {
    for (const seed of seeds) {
      const s = situation(seed, [4, 5, 3]);
      const found = diagnose({ ...s.of.bias, found: s.rng.normal(0, 1, [4, 3]) });
      expect(found.cause).to.equal("unknown");
      expect(adviceText(found)).to.match(/shape \(4, 3\), expected \(3,\)/);
    }
  });
  const right = random(3).normal(0, 1, [4, 6]);
  const seen = (found: NDArray): string => {
    const diagnosis = diagnose({ quantity: "x", found, expected: right });
    expect(diagnosis.cause).to.equal("unknown");
    return adviceText(diagnosis);
  };
  it("names one wrong row, and one wrong column", () => {
    const row = right.copy();
    row.flat().set(random(4).normal(0, 1, [6]).flat(), 12);
    expect(seen(row)).to.match(/6 of 24 elements are wrong; all of them in row 2;/);
    const column = right.T.copy();
    column.flat().set(random(4).normal(0, 1, [4]).flat(), 16);
    expect(seen(column.T)).to.match(/4 of 24 elements are wrong; all of them in column 4;/);
  });
  it("names the axis of a missing sum, as in softmax", () => {
    expect(seen(right.add(right.sum(1, true)))).to.match(
      /the error is constant along axis 1: a term that is a sum or mean over axis 1/,
    );
    expect(seen(right.add(right.mean(0)))).to.match(/the error is constant along axis 0/);
  });
  it("sees another factor in each row", () => {
    expect(seen(right.mul(array([[2.2], [0.3], [-1.1], [5]])))).to.match(
      /each slice along axis 0 has its own factor/,
    );
  });
  it("sees NaN, a difference of rounding, and an expected 0", () => {
    expect(seen(right.mul(Number.NaN))).to.match(/24 of 24 elements of dx are NaN or infinite/);
    expect(seen(right.add(1e-9))).to.match(/rounding, or a constant with too few digits/);
    expect(adviceText(diagnose({ quantity: "x", found: right, expected: right.mul(0) }))).to.match(
      /the right one is 0 everywhere/,
    );
  });
});

describe("diagnose: small arrays", () => {
  const one = (found: number, expected: number, more = {}) =>
    diagnose({ quantity: "bias", found: array([found]), expected: array([expected]), ...more });
  it("one number: the simplest factor, told as a guess; any other is unknown, not a factor", () => {
    const lengths = [{ name: "N, the batch", length: 4 }];
    expect(one(-0.3, 0.3).cause).to.equal("sign");
    expect(one(0.6, 0.3).cause).to.equal("factor 2");
    expect(one(1.2, 0.3, { lengths })).to.deep.include({ cause: "factor N" });
    expect(adviceText(one(1.2, 0.3, { lengths }))).to.match(/a guess from one number only/);
    expect(one(0.37, 0.3, { lengths })).to.deep.equal({
      cause: "unknown",
      where: "dBias is wrong",
      cure: "",
      what: "dBias is 0.37, expected 0.3: this single number fits no known mistake",
    });
    expect(one(0, 0.3).cause).to.equal("zero");
  });
  it("a loss's scalar dy: names an ignored dy before a factor, unless a factor says it more simply", () => {
    const expected = random(5).normal(0, 1, [4, 3]);
    const dy = array(0.731);
    const evidence = { quantity: "x", expected: expected.mul(0.731), dy, forOnes: expected };
    expect(diagnose({ ...evidence, found: expected }).cause).to.equal("upstream ignored");
    expect(
      diagnose({ ...evidence, found: expected.mul(0.731 * 4), lengths: [{ name: "N", length: 4 }] }).cause,
    ).to.equal("factor N");
    const plain = {
      quantity: "x",
      expected,
      dy: array(2),
      forOnes: expected.mul(2),
      afterTwo: expected.mul(2),
    };
    expect(diagnose({ ...plain, found: expected.mul(2) }).cause).to.equal("factor 2");
  });
  it("two lengths that are equal are both named", () => {
    const s = situation(2, [4, 4, 4]);
    expect(adviceText(diagnose({ ...s.of.weight, found: s.of.weight.expected.div(4) }))).to.match(
      /divided by 4 = N, the batch, or D, the inputs, or M, the outputs/,
    );
  });
});

describe("diagnose: what must not mislead it", () => {
  const right = random(6).normal(0, 1, [4, 3]);
  it("the scale of the numbers", () => {
    for (const { cause, make } of wrongGradients.filter((one) => !/ignored|derivative/.test(one.cause)))
      for (const scale of [1e-9, 1e9]) {
        const e = make(situation(1, [5, 5, 5]));
        const scaled = Object.entries(e).map(([key, x]) => [key, x instanceof NDArray ? x.mul(scale) : x]);
        expect(diagnose(Object.fromEntries(scaled)).cause).to.equal(cause);
      }
  });
  it("a quotient of two lengths, or 4 where nothing is 4 long, is no named factor", () => {
    const lengths = [{ name: "N", length: 7 }, { name: "D", length: 5 }]; // biome-ignore format: a list
    for (const factor of [7 / 5, 5 / 7, 4, 0.25])
      expect(diagnose({ quantity: "x", found: right.mul(factor), expected: right, lengths }).cause).to.equal(
        "other factor",
      );
  });
  it("a long axis, by which anything can be divided until it is 0", () => {
    for (const length of [1e3, 1e5, 1e7, 1e9])
      for (const seed of seeds) {
        const [rng, lengths] = [random(seed), [{ name: "N", length }]];
        for (const shape of [[2], [4, 3], [60, 80]]) {
          const [found, dy] = [rng.normal(0, 1, shape), rng.normal(0, 1, shape)];
          const expected = dy.mul(rng.normal(0, 1, shape).greater(-0.5));
          if (largest(expected) === 0) continue;
          expect(diagnose({ quantity: "x", found, expected, dy, lengths }).cause).to.equal("unknown");
        }
      }
  });
  it("a matrix in each sample: the transpose of each", () => {
    const expected = random(7).normal(0, 1, [2, 3, 3]);
    expect(diagnose({ quantity: "x", found: expected.mT, expected }).cause).to.equal("transposed");
  });
  it("an axis of length 1 too many is a shape, no sum; a sum of all is unknown", () => {
    const bias = right.sum(0);
    expect(diagnose({ quantity: "bias", found: bias.reshape(1, 3), expected: bias }).cause).to.equal(
      "other shape",
    );
    expect(
      adviceText(diagnose({ quantity: "bias", found: right.sum(), expected: bias, dy: right })),
    ).to.match(/shape \(\), expected \(3,\)/);
  });
  it("permuted rows that move zeros are no mask", () => {
    const expected = array([[0, 1.5], [2.5, 0]]); // biome-ignore format: a matrix
    expect(diagnose({ quantity: "x", found: array([[2.5, 0], [0, 1.5]]), expected }).cause).to.equal("permuted rows"); // biome-ignore format: a matrix
  });
  it("a loss: names the mean", () => {
    const lengths = [{ name: "N, the batch", length: 4 }];
    const found = diagnose({ quantity: "x", found: right.div(4), expected: right, dy: array(1), lengths });
    expect(adviceText(found)).to.match(/divide by N exactly once if the loss takes a mean/);
  });
  it("float32", () => {
    for (const { cause, make } of wrongGradients) {
      const e = make(situation(1, [5, 5, 5]));
      const halved = Object.entries(e).map(([key, x]) => [
        key,
        x instanceof NDArray ? x.astype("float32") : x,
      ]);
      expect(diagnose(Object.fromEntries(halved), { tolerance: 1e-5 }).cause, cause).to.equal(cause);
    }
  });
});

describe("gradientName", () => {
  it("names a gradient as chalk's field", () => {
    const names = ["weight", "layer1.bias", "x", "net.W1", "in_proj_weight", "input 0"];
    expect(names.map(gradientName)).to.deep.equal([
      "dWeight",
      "layer1.dBias",
      "dx",
      "net.dW1",
      "dInProjWeight",
      "the gradient of input 0",
    ]);
  });
});
