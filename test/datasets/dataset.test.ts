import { expect } from "chai";
import { type Dataset, splitDataset, take } from "chalk-and-tape/datasets";
import { NDArray, random } from "chalk-and-tape/np";
import fc from "fast-check";

/** Item i is [[i, −i]] of class i % 3, so that a row separated from its label is seen. */
function numbered(n: number): Dataset {
  return {
    name: "numbered",
    x: NDArray.from(
      Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? i / 2 : -(i - 1) / 2)),
      [n, 1, 2],
    ),
    y: NDArray.from(Int32Array.from({ length: n }, (_, i) => i % 3)),
    classes: ["a", "b", "c"],
  };
}

function ids({ x, y }: Dataset): number[] {
  const labels = y.toArray() as number[];
  return (x.toArray() as [[number, number]][]).map(([[id, negative]], i) => {
    expect(negative).to.equal(id === 0 ? negative : -id);
    expect(labels[i]).to.equal(id % 3);
    return id;
  });
}

describe("take", () => {
  it("gives the first n items, all where there are fewer, and copies nothing", () => {
    const whole = numbered(7);
    expect(ids(take(whole, 3))).to.deep.equal([0, 1, 2]);
    expect(take(whole, 3).x.flat().buffer).to.equal(whole.x.flat().buffer);
    expect(take(whole, 8)).to.equal(whole);
    expect(take(whole, 3).classes).to.equal(whole.classes);
  });

  it("refuses what is not a whole number from 1 on", () => {
    for (const n of [0, -1, 1.5, Number.NaN])
      expect(() => take(numbered(3), n)).to.throw(RangeError, `take: n is ${n}`);
  });
});

describe("splitDataset", () => {
  it("puts every item, with its label, into exactly one part; `fraction` of them into validation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.nat(1000),
        (n, fraction, seed) => {
          const held = Math.round(n * fraction);
          fc.pre(held >= 1 && held < n);
          const { train, validation } = splitDataset(numbered(n), fraction, random(seed));
          expect(validation.x.shape).to.deep.equal([held, 1, 2]);
          const all = [...ids(train), ...ids(validation)];
          expect(all.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: n }, (_, i) => i));
        },
      ),
    );
  });

  it("is random: one seed one split, another seed another", () => {
    const split = (seed: number): number[] => ids(splitDataset(numbered(30), 0.5, random(seed)).validation);
    expect(split(1)).to.deep.equal(split(1));
    expect(split(1)).not.to.deep.equal(split(2));
    expect(split(1).toSorted((a, b) => a - b)).not.to.deep.equal(Array.from({ length: 15 }, (_, i) => i));
  });

  it("refuses a fraction that leaves a part empty", () => {
    for (const fraction of [0, 1, -0.2, 1.1, 0.01, Number.NaN])
      expect(() => splitDataset(numbered(10), fraction, random(0))).to.throw(RangeError, `${fraction} of 10`);
  });

  it("names the shapes when x and y do not fit together", () => {
    const bad = { ...numbered(4), y: NDArray.from(Int32Array.of(0, 1, 2)) };
    expect(() => splitDataset(bad, 0.5, random(0))).to.throw(TypeError, "x has shape (4, 1, 2) and y (3,)");
  });
});
