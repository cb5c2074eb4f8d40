import { expect } from "chai";
import { NDArray, type Random, random } from "chalk-and-tape/np";

/** The largest distance between the sample's distribution and the true one: Kolmogorov and Smirnov's statistic, times √n. */
function kolmogorov(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  let distance = 0;
  for (const [i, x] of sorted.entries()) {
    const p = cdf(x);
    distance = Math.max(distance, p - i / sorted.length, (i + 1) / sorted.length - p);
  }
  return distance * Math.sqrt(sorted.length);
}
/** Beyond this one honest sample in a thousand lies. */
const kolmogorovLimit = 1.95;

/** The normal distribution function, by the series of Marsaglia, "Evaluating the Normal Distribution" (2004). */
function normalCdf(x: number): number {
  if (Math.abs(x) > 7) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

function moments(x: ArrayLike<number>): { mean: number; variance: number; skew: number; kurtosis: number } {
  const n = x.length;
  const average = (f: (value: number) => number): number => Array.from(x, f).reduce((a, b) => a + b, 0) / n;
  const mean = average(Number);
  const variance = average((v) => (v - mean) ** 2);
  const standard = (power: number): number => average((v) => ((v - mean) / Math.sqrt(variance)) ** power);
  return { mean, variance, skew: standard(3), kurtosis: standard(4) };
}

/** χ², in standard deviations above its mean (which is its degrees of freedom). */
function chiSquare(counts: ArrayLike<number>): number {
  const expected = Array.from(counts).reduce((a, b) => a + b, 0) / counts.length;
  const statistic = Array.from(counts, (c) => (c - expected) ** 2 / expected).reduce((a, b) => a + b, 0);
  return (statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

const many = 20_000;

describe("np, random", () => {
  it("gives these very numbers from seed 7, today and on every machine", () => {
    const rng = random(7);
    // The first four words of MT19937, as in NumPy's RandomState(7).
    expect(rng.state).to.deep.equal([327741615, 976413892, -945241575, 1369975286]);
    expect([rng.next(), rng.next()]).to.deep.equal([0.9639233774622812, 0.6771917441163376]);
    expect([...rng.normal(0, 1, [3]).flat()]).to.deep.equal([
      1.3279216862181187, -0.9976728710475382, -0.3609962082800788,
    ]);
    expect(rng.permutation(8).toArray()).to.deep.equal([0, 1, 2, 4, 7, 3, 6, 5]);
    expect(rng.choice(5, 6).toArray()).to.deep.equal([0, 0, 0, 0, 0, 3]);
    expect([...rng.uniform(-1, 1, [2], { dtype: "float32" }).flat()]).to.deep.equal([
      -0.5722949504852295, 0.6576168537139893,
    ]);
    expect(rng.integer(0, 2 ** 40)).to.equal(18033636526);
    expect(rng.spawn().next()).to.equal(0.04003908034282411);
  });

  it("uniform: flat on [low, high), with the moments of a uniform", () => {
    const x = random(1).uniform(-2, 6, [many]).flat();
    expect(kolmogorov(x, (v) => (v + 2) / 8)).to.be.below(kolmogorovLimit);
    const { mean, variance, skew, kurtosis } = moments(x);
    expect(mean).to.be.closeTo(2, 0.05);
    expect(variance).to.be.closeTo(64 / 12, 0.1);
    expect(skew).to.be.closeTo(0, 0.05);
    expect(kurtosis).to.be.closeTo(1.8, 0.05);
    expect(Math.min(...x)).to.be.at.least(-2);
    expect(Math.max(...x)).to.be.below(6);
    const pairs = Array.from({ length: many / 2 }, (_, i) => (x[2 * i] as number) * (x[2 * i + 1] as number));
    expect(moments(pairs).mean, "neighbours do not know each other").to.be.closeTo(4, 0.25);
  });

  it("uniform never gives its upper bound, even where rounding would", () => {
    const high = 1 + 2 ** -23;
    for (const dtype of ["float32", "float64"] as const) {
      for (const [a, b] of [
        [1, high],
        [1, 1 + 2 ** -52],
        [-1, -1 + 2 ** -24],
      ] as const) {
        // biome-ignore format: intervals
        const x = random(2).uniform(a, b, [500], { dtype }).flat();
        for (const v of x) if (!(v >= a && v < b)) expect.fail(`${v} is not in [${a}, ${b})`);
      }
    }
    expect(random(2).uniform(3, 3, [2]).toArray()).to.deep.equal([3, 3]);
  });

  it("normal: the bell curve, with this mean and standard deviation", () => {
    const x = random(3).normal(5, 2, [many]).flat();
    expect(kolmogorov(x, (v) => normalCdf((v - 5) / 2))).to.be.below(kolmogorovLimit);
    const { mean, variance, skew, kurtosis } = moments(x);
    expect(mean).to.be.closeTo(5, 0.05);
    expect(variance).to.be.closeTo(4, 0.15);
    expect(skew).to.be.closeTo(0, 0.06);
    expect(kurtosis).to.be.closeTo(3, 0.15);
    expect(Math.max(...x)).to.be.above(5 + 2 * 3.5);
    expect(random(3).normal(5, 0, [2]).toArray()).to.deep.equal([5, 5]);
    expect(random(3).normal(0, 1, [4], { dtype: "float32" }).toArray()).to.deep.equal(
      random(3).normal(0, 1, [4]).astype("float32").toArray(),
    );
  });

  it("the first number of neighbouring seeds is as random as any other", () => {
    const first = Array.from({ length: 2000 }, (_, seed) => random(seed).next());
    expect(kolmogorov(first, Number)).to.be.below(kolmogorovLimit);
    const normals = Array.from({ length: 2000 }, (_, seed) => random(seed).normal(0, 1, []).item());
    expect(kolmogorov(normals, normalCdf)).to.be.below(kolmogorovLimit);
    const differences = first.slice(1).map((x, i) => (x - (first[i] as number) + 1) % 1);
    expect(kolmogorov(differences, Number)).to.be.below(kolmogorovLimit);
  });

  it("integer: both ends included, all equally often, wide ranges too", () => {
    const rng = random(4);
    const draws = Array.from({ length: many }, () => rng.integer(-3, 3));
    const histogram = Array.from({ length: 7 }, (_, i) => draws.filter((d) => d === i - 3).length);
    expect(histogram.reduce((a, b) => a + b)).to.equal(many);
    expect(chiSquare(histogram)).to.be.below(3);
    const wide = Array.from({ length: 2000 }, () => rng.integer(-(2 ** 52), 2 ** 52));
    expect(kolmogorov(wide, (x) => x / 2 ** 53 + 0.5)).to.be.below(kolmogorovLimit);
    expect(wide.every(Number.isSafeInteger)).to.equal(true);
  });

  it("permutation: every number once, every order equally often", () => {
    const rng = random(5);
    const long = rng.permutation(1000);
    expect(long.dtype).to.equal("int32");
    expect([...long.flat()].sort((a, b) => a - b)).to.deep.equal([...Array(1000).keys()]);
    const orders = new Map<string, number>();
    for (let i = 0; i < 24 * 400; i++) {
      const order = String(rng.permutation(4).toArray());
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).to.equal(24);
    expect(chiSquare([...orders.values()])).to.be.below(3);
    expect(rng.permutation(0).toArray()).to.deep.equal([]);
    expect(rng.permutation(1).toArray()).to.deep.equal([0]);
  });

  it("choice: with replacement all equally often, without each at most once", () => {
    const rng = random(6);
    const drawn = rng.choice(10, many);
    expect(drawn.dtype).to.equal("int32");
    const counts = new Array<number>(10).fill(0);
    for (const i of drawn.flat()) counts[i] = (counts[i] as number) + 1;
    expect(chiSquare(counts)).to.be.below(3);
    const firsts = new Array<number>(6).fill(0);
    for (let i = 0; i < 3000; i++) {
      const some = [...rng.choice(6, 3, { replace: false }).flat()];
      expect(new Set(some).size).to.equal(3);
      for (const pick of some) firsts[pick] = (firsts[pick] as number) + 1;
    }
    expect(chiSquare(firsts)).to.be.below(3);
    const all = [...rng.choice(9, 9, { replace: false }).flat()].sort((a, b) => a - b);
    expect(all).to.deep.equal([...Array(9).keys()]);
    expect(rng.choice(3, 0).shape).to.deep.equal([0]);
  });

  it("state: saved, stored as JSON and restored, it continues bit for bit, after normal() too", () => {
    for (const draw of [
      (rng: Random): unknown => rng.next(),
      (rng: Random): unknown => rng.normal(0, 1, [3]).toArray(),
      (rng: Random): unknown => rng.uniform(0, 1, [2, 2], { dtype: "float32" }).toArray(),
      (rng: Random): unknown => rng.permutation(7).toArray(),
      (rng: Random): unknown => rng.choice(9, 4, { replace: false }).toArray(),
      (rng: Random): unknown => rng.spawn().state,
    ]) {
      const rng = random(11);
      rng.normal(0, 1, [5]);
      draw(rng);
      const state = JSON.parse(JSON.stringify(rng.state));
      const after = [draw(rng), rng.normal(1, 2, [3]).toArray(), draw(rng), rng.next()];
      const other = random(0);
      other.normal(0, 1, [1]);
      other.state = state;
      expect([draw(other), other.normal(1, 2, [3]).toArray(), draw(other), other.next()]).to.deep.equal(
        after,
      );
      rng.state = state;
      expect(draw(rng)).to.deep.equal(after[0]);
    }
    const rng = random(1);
    const before = rng.state;
    rng.next();
    expect(rng.state).not.to.deep.equal(before);
    expect(random(1).state, "the state is a copy").to.deep.equal(before);
  });

  it("one seed, one stream; another seed, another", () => {
    expect(random(42).uniform(0, 1, [50]).toArray()).to.deep.equal(random(42).uniform(0, 1, [50]).toArray());
    expect(random(42).next()).not.to.equal(random(43).next());
    expect([random(42).seed, random(42).spawn().seed]).to.deep.equal([42, null]);
    expect(random(2 ** 32 - 1).next()).not.to.equal(random(0).next());
  });

  it("spawn: parent, children and grandchildren share no number in 10,000, and do not follow each other", () => {
    const parent = random(8);
    const [child, sibling] = [parent.spawn(), parent.spawn()];
    const streams = { parent, child, sibling, grandchild: child.spawn(), other: sibling.spawn() };
    const draws = Object.values(streams).map((rng) => Array.from({ length: 10_000 }, () => rng.next()));
    expect(new Set(draws.flat()).size).to.equal(draws.flat().length);
    for (const [i, a] of draws.entries()) {
      expect(kolmogorov(a, Number)).to.be.below(kolmogorovLimit);
      for (const b of draws.slice(i + 1)) {
        for (const lag of [0, 1, 2]) {
          const products = a.slice(lag).map((x, j) => (x - 0.5) * ((b[j] as number) - 0.5));
          // Of independent streams: mean 0, standard deviation 1 / (12 √n).
          expect(Math.abs(moments(products).mean)).to.be.below(4 / (12 * Math.sqrt(products.length)));
        }
      }
    }
    expect(random(8).spawn().spawn().next(), "spawning is repeatable").to.equal(draws[3]?.[0]);
  });

  it("foldIn: one stream for each list of numbers, always the same, and the parent does not move", () => {
    const parent = random(8);
    const { state } = parent;
    const draw = (...numbers: number[]): number[] => {
      const rng = parent.foldIn(...numbers);
      return [rng.next(), rng.next(), rng.next()];
    };
    expect(draw(3, 5)).to.deep.equal(draw(3, 5));
    expect(parent.state).to.deep.equal(state);
    const lists = [[], [0], [0, 0], [0, 0, 0], [1], [1, 0], [0, 1], [5, 3], [3, 5], [2 ** 32], [2 ** 32 + 1]];
    expect(new Set(lists.flatMap((numbers) => draw(...numbers))).size).to.equal(3 * lists.length);
    expect(random(9).foldIn(3, 5).next()).not.to.equal(draw(3, 5)[0]);
    // These very numbers, today and on every machine.
    expect(random(7).foldIn(2, 40_000).state).to.deep.equal([
      -1721399666, -1785644429, 1547927132, 315080578,
    ]);
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => parent.foldIn(bad)).to.throw(RangeError, `got ${bad}; expected whole numbers`);
    }
  });

  it("foldIn: the first draws of neighbouring items and epochs are as random as any others", () => {
    const parent = random(10);
    const grid = Array.from({ length: 150 }, (_, epoch) =>
      Array.from({ length: 150 }, (_, item) => {
        const rng = parent.foldIn(epoch, item);
        return [rng.next(), rng.next(), rng.next()] as const;
      }),
    );
    const apart = (a: number, b: number): number => (a - b + 1) % 1;
    for (const k of [0, 1, 2] as const) {
      const at = (i: number, j: number): number => grid[i]?.[j]?.[k] as number;
      const all = grid.flatMap((row, i) => row.map((_, j) => at(i, j)));
      const inner = grid.slice(1).flatMap((row, i) => row.slice(1).map((_, j) => [i, j] as const));
      expect(new Set(all).size).to.equal(all.length);
      expect(kolmogorov(all, Number), `draw ${k}`).to.be.below(kolmogorovLimit);
      const nextItem = inner.map(([i, j]) => apart(at(i, j + 1), at(i, j)));
      const nextEpoch = inner.map(([i, j]) => apart(at(i + 1, j), at(i, j)));
      const diagonal = inner.map(([i, j]) => apart(at(i + 1, j), at(i, j + 1)));
      for (const differences of [nextItem, nextEpoch, diagonal])
        expect(kolmogorov(differences, Number), `draw ${k}`).to.be.below(kolmogorovLimit);
    }
    const within = grid.flat().map(([a, b]) => apart(a, b));
    expect(kolmogorov(within, Number)).to.be.below(kolmogorovLimit);
  });

  it("gives arrays of the shape and dtype that were asked for", () => {
    const x = random(1).normal(0, 1, [2, 0, 3], { dtype: "float32" });
    expect(x).to.be.instanceOf(NDArray);
    expect([x.shape, x.dtype]).to.deep.equal([[2, 0, 3], "float32"]);
    expect(random(1).uniform(0, 1, []).shape).to.deep.equal([]);
  });
});
