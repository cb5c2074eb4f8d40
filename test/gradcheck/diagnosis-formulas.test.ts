import { expect } from "chai";
import { array, random } from "chalk-and-tape/np";
import { adviceText, diagnose } from "#internal/gradcheck";
import { formulas, made } from "./wrong-formulas.ts";

const seeds = Array.from({ length: 8 }, (_, seed) => seed);

describe("diagnose: formulas of x, y and dy", () => {
  for (const formula of formulas) {
    it(`${formula.name}: every wrong dx is named, by its own name only, at 8 seeds`, () => {
      for (const seed of seeds) {
        const { evidence, wrong } = made(formula, seed);
        for (const [cause, says, found] of wrong) {
          const diagnosis = diagnose({ ...evidence, found });
          const text = adviceText(diagnosis);
          expect(diagnosis.cause, `seed ${seed}, ${says}: ${text}`).to.equal(cause);
          expect(text).to.match(says);
          const others = wrong.filter((other) => other[1] !== says && other[0] !== "unknown");
          for (const [, other] of others) expect(text).not.to.match(other);
        }
      }
    });
    it(`${formula.name}: 1e-7 beside a known mistake is not taken for it`, () => {
      for (const seed of seeds.slice(0, 2)) {
        const { evidence, wrong } = made(formula, seed);
        for (const [, says, found] of wrong) {
          const noise = random(seed + 50).normal(0, 1e-7, found.shape);
          const text = adviceText(diagnose({ ...evidence, found: found.add(noise.mul(found)) }));
          expect(text, `seed ${seed}`).to.match(/no known mistake/);
          if (says.source !== "no known mistake") expect(text).not.to.match(says);
        }
      }
    });
  }
});

describe("diagnose: right in part only", () => {
  const right = random(1).normal(0, 1, [2, 3, 5, 5]);
  const at = (isWrong: (index: readonly number[]) => boolean, factor: number) => {
    const found = right.copy();
    const flat = found.flat();
    for (let i = 0; i < flat.length; i++) {
      const index = [Math.floor(i / 75), Math.floor(i / 25) % 3, Math.floor(i / 5) % 5, i % 5];
      if (isWrong(index)) flat[i] = (flat[i] as number) * factor;
    }
    return diagnose({ quantity: "x", found, expected: right, dy: right.mul(2) });
  };
  const edge = (k: number): boolean => k === 0 || k === 4;
  it("names the border of an image, and its inside", () => {
    const border = at(([, , h = 0, w = 0]) => edge(h) || edge(w), -1);
    expect(border.cause).to.equal("only in part");
    expect(border.where).to.match(
      /96 of 150 elements.*all of them on the border of the image; the inside is right/,
    );
    expect(adviceText(border)).to.match(/there it is the right one with the wrong sign/);
    expect(at(([, , h = 0, w = 0]) => !edge(h) && !edge(w), 0.37).where).to.match(
      /inside the image; the border is right/,
    );
    expect(at(([, , h, w]) => h === 4 || w === 4, 2).where).to.match(/on the border of the image/);
  });
  it("names samples, channels, image rows and columns", () => {
    expect(at(([n]) => n === 1, 2).where).to.match(/all of them in sample 1$/);
    expect(at(([, c]) => c === 2, 2).where).to.match(/all of them in channel 2, the last$/);
    expect(at(([, , h]) => h === 4, 2).where).to.match(/all of them in image row 4, the last$/);
    expect(at(([, , , w]) => w === 0 || w === 3, 2).where).to.match(/all of them in image columns 0, 3$/);
  });
  it("names the target's class, and where x has one sign", () => {
    const x = random(2).normal(0, 1, [4, 3]);
    const target = array([2, 0, 1, 2]);
    const isTarget = array([[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]); // biome-ignore format: a matrix
    const expected = random(3).normal(0, 1, [4, 3]);
    const of = (found: typeof expected, inputs = [x, target]) =>
      diagnose({ quantity: "x", found, expected, inputs, dy: array(1) });
    expect(of(expected.mul(isTarget.mul(-2).add(1))).where).to.match(/exactly those of the target's class/);
    expect(of(expected.mul(isTarget.mul(2).add(-1))).where).to.match(/all classes but the target's/);
    const negative = x.less(0).astype("float64");
    expect(of(expected.mul(negative.mul(0.7).add(1)), [x]).where).to.match(/exactly where x < 0/);
    const large = x.greater(0.9).astype("float64");
    expect(of(expected.mul(large.mul(0.7).add(1)), [x]).where).to.match(
      /where x is .* or more; right where it is .* or less/,
    );
  });
  it("names an option of the layer, such as a slope", () => {
    const x = random(4).normal(0, 1, [4, 5]);
    const expected = random(5).normal(0, 1, [4, 5]);
    const found = expected.mul(
      x
        .less(0)
        .astype("float64")
        .mul(0.2 - 1)
        .add(1),
    );
    const diagnosis = diagnose({
      quantity: "x",
      found,
      expected,
      inputs: [x],
      constants: new Map([["slope", 0.2]]),
    });
    expect(adviceText(diagnosis)).to.match(
      /exactly where x < 0; there it is the right one times 0.2 = slope/,
    );
  });
});

describe("diagnose: where, what, cure", () => {
  it("says as much as it may", () => {
    const right = random(6).normal(0, 1, [3, 5]);
    const found = diagnose({
      quantity: "weight",
      found: right.div(4),
      expected: right,
      dy: random(7).normal(0, 1, [4, 3]),
      lengths: [{ name: "N, the batch", length: 4 }],
    });
    expect(adviceText(found, "where")).to.equal("all 15 elements of dWeight are wrong");
    expect(adviceText(found, "what")).to.equal("dWeight is the right one divided by 4 = N, the batch");
    expect(adviceText(found, "cure")).to.match(
      /^dWeight is the right one divided by 4 = N, the batch: you average in dWeight, as the lecture's slide does; here the 1\/N is in the loss\. Either is right, both together are wrong/,
    );
  });
  it("gives no cure away below cure, and no look below what, whatever is wrong", () => {
    for (const formula of formulas) {
      const { evidence, wrong } = made(formula, 1);
      for (const [, says, found] of wrong) {
        const diagnosis = diagnose({ ...evidence, found });
        expect(adviceText(diagnosis, "where"))
          .to.match(/elements of \w+ (are|is) wrong/)
          .and.not.to.match(says);
        if (diagnosis.cure) expect(adviceText(diagnosis, "what")).not.to.contain(diagnosis.cure);
      }
    }
  });
});
