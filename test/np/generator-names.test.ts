import { expect } from "chai";
import { arange, array, bincount, mean, NDArray, random, std, zeros } from "chalk-and-tape/np";

/** The largest distance of observed counts from the expected ones, in standard deviations. */
function farthest(counts: ArrayLike<number>, shares: readonly number[], draws: number): number {
  const off = shares.map(
    (p, i) => Math.abs((counts[i] as number) - draws * p) / Math.sqrt(draws * p * (1 - p)),
  );
  return Math.max(...off);
}

describe("np, NumPy's Generator: its names and their arguments", () => {
  it("without a size each draw is one number; with a size, an array of that shape", () => {
    const rng = random(3);
    for (const one of [
      rng.random(),
      rng.uniform(),
      rng.normal(),
      rng.standardNormal(),
      rng.integers(5),
      rng.choice(4),
    ])
      expect(one).to.be.a("number");
    const drawn = [
      rng.random([2, 3]),
      rng.uniform(-1, 1, [2, 3]),
      rng.normal(0, 1, [2, 3]),
      rng.standardNormal([2, 3]),
      rng.integers(0, 5, [2, 3]),
      rng.choice(4, [2, 3]),
    ];
    for (const x of drawn) expect(x.shape).to.deep.equal([2, 3]);
    for (const x of [
      rng.random(4),
      rng.uniform(0, 1, 4),
      rng.normal(0, 1, 4),
      rng.integers(0, 5, 4),
      rng.choice(4, 4),
    ])
      expect(x.shape).to.deep.equal([4]);
  });
  it("normal() and standardNormal() are normal(0, 1, …), uniform() and random() are uniform(0, 1, …)", () => {
    expect(random(5).standardNormal([3]).toArray()).to.deep.equal(random(5).normal(0, 1, [3]).toArray());
    expect(random(5).random([3]).toArray()).to.deep.equal(random(5).uniform(0, 1, [3]).toArray());
    expect(random(5).normal()).to.equal(random(5).normal(0, 1, []).item());
    const x = random(6).normal(10, 2, 10_000);
    expect(mean(x).item()).to.be.closeTo(10, 0.1);
    expect(std(x).item()).to.be.closeTo(2, 0.1);
  });
  it("integers: the upper end is excluded, unless endpoint; integers(n) are 0 … n − 1", () => {
    const rng = random(8);
    const counts = (x: NDArray): number[] => [...bincount(x).flat()];
    expect(farthest(counts(rng.integers(0, 3, 6000)), [1 / 3, 1 / 3, 1 / 3], 6000)).to.be.below(4);
    expect(counts(rng.integers(2, null, 100))).to.have.length(2);
    expect(counts(rng.integers(0, 2, 100, { endpoint: true }))).to.have.length(3);
    expect(rng.integers(-3, -2)).to.equal(-3);
    expect(rng.integers(0, 3, [2]).dtype).to.equal("int32");
    for (const [low, high] of [[3, 3], [0.5, 2], [2, 1]] as const) // biome-ignore format: pairs
      expect(() => rng.integers(low, high)).to.throw(RangeError, "Random.integers: from");
    expect(() => rng.integers(0)).to.throw(RangeError, "excluded");
  });
  it("choice: of an array its entries along axis 0, with probabilities p, with and without replacement", () => {
    const rows = arange(6).reshape(3, 2);
    const rng = random(9);
    expect(rng.choice(rows).shape).to.deep.equal([2]);
    const picked = rng.choice(rows, 20);
    expect(picked.shape).to.deep.equal([20, 2]);
    for (const [a, b] of picked.toArray() as [number, number][]) expect(b - a).to.equal(1);
    const p = [0.5, 0.2, 0, 0.3];
    const counts = bincount(rng.choice(4, 10_000, { p }), { minlength: 4 }).flat();
    expect(counts[2]).to.equal(0);
    expect(
      farthest([counts[0] as number, counts[1] as number, counts[3] as number], [0.5, 0.2, 0.3], 10_000),
    ).to.be.below(4);
    const first = Array.from(
      { length: 4000 },
      () => rng.choice(4, 3, { p: array(p), replace: false }).toArray() as number[],
    );
    for (const order of first) expect(new Set(order).size).to.equal(3);
    const firsts = bincount(array(first.map(([i]) => i as number))).flat();
    expect(
      farthest([firsts[0] as number, firsts[1] as number, firsts[3] as number], [0.5, 0.2, 0.3], 4000),
    ).to.be.below(4);
    expect(() => rng.choice(4, 4, { p, replace: false })).to.throw(RangeError, "4 of 3 without replacement");
    expect(() => rng.choice(3, 2, { p })).to.throw(Error, "4 probabilities p for 3");
    expect(() => rng.choice(2, 2, { p: [0.5, 0.6] })).to.throw(RangeError, "divide p by its sum");
    expect(() => rng.choice(2, 2, { p: [-0.5, 1.5] })).to.throw(RangeError, "p holds -0.5");
  });
  it("permutation returns a copy of an array in another order, shuffle changes it; rows stay whole", () => {
    const x = arange(10).reshape(5, 2);
    const mixed = random(2).permutation(x);
    expect(x.toArray()).to.deep.equal(arange(10).reshape(5, 2).toArray());
    expect(mixed.toArray()).to.not.deep.equal(x.toArray());
    const order = random(2).permutation(5).toArray() as number[];
    expect(mixed.toArray()).to.deep.equal(order.map((i) => [2 * i, 2 * i + 1]));
    random(2).shuffle(x);
    expect(x.toArray()).to.deep.equal(mixed.toArray());
    expect(() => random(2).shuffle(array(3))).to.throw(Error, "Random.shuffle: the array is a scalar");
    expect(() => random(2).shuffle(zeros([3, 2]).T)).to.throw(TypeError, "contiguous");
  });
  it("what was drawn before is drawn still", () => {
    expect(random(7).choice(10, 5).toArray()).to.deep.equal(random(7).integers(0, 10, 5).toArray());
    expect(random(7).normal(0, 1, [2])).to.be.instanceOf(NDArray);
  });
});
