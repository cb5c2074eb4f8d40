import { expect } from "chai";
import { blobs, circles, type Dataset, moons, spirals, xor } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";
import fc from "fast-check";

const sets: Record<string, (options: { n?: number; noise?: number; seed?: number }) => Dataset> = {
  moons,
  circles,
  spirals,
  xor,
  blobs,
};

function points({ x, y }: Dataset): { x0: number; x1: number; label: number }[] {
  const labels = y.toArray() as number[];
  return (x.toArray() as [number, number][]).map(([x0, x1], i) => ({ x0, x1, label: labels[i] as number }));
}

for (const [name, generate] of Object.entries(sets)) {
  describe(name, () => {
    it("gives n points as float64 (n, 2), int32 classes of equal size to one, named", () => {
      fc.assert(
        fc.property(fc.integer({ min: 3, max: 60 }), fc.nat(1000), (n, seed) => {
          const { x, y, classes, name: own } = generate({ n, seed });
          expect(own).to.equal(name);
          expect([x.shape, x.dtype, y.shape, y.dtype]).to.deep.equal([[n, 2], "float64", [n], "int32"]);
          const counts = classes.map(
            (_, c) => (y.toArray() as number[]).filter((label) => label === c).length,
          );
          expect(counts.reduce((sum, count) => sum + count)).to.equal(n);
          expect(Math.max(...counts) - Math.min(...counts)).to.be.at.most(1);
        }),
        { numRuns: 30 },
      );
    });

    it("repeats itself with one seed, differs with another, and shuffles the classes", () => {
      expect(points(generate({ n: 50, seed: 3 }))).to.deep.equal(points(generate({ n: 50, seed: 3 })));
      expect(points(generate({ n: 50, seed: 3 }))).not.to.deep.equal(points(generate({ n: 50, seed: 4 })));
      const labels = generate({ n: 50, seed: 3 }).y.toArray() as number[];
      expect(labels).not.to.deep.equal(labels.toSorted((a, b) => a - b));
    });

    it("refuses n and noise that make no sense, and says what was expected", () => {
      for (const n of [0, 1.5, -3, Number.NaN])
        expect(() => generate({ n, seed: 0 })).to.throw(RangeError, `${name}: n is ${n}, expected`);
      for (const noise of [-0.1, Number.NaN, Number.POSITIVE_INFINITY])
        expect(() => generate({ noise, seed: 0 })).to.throw(
          RangeError,
          `${name}: noise is ${noise}, expected`,
        );
    });

    it("adds normal noise of the given standard deviation to both coordinates", () => {
      // With one seed the noise is the same but for its scale, so a difference of two sets is noise alone.
      const [still, one, two] = [0, 0.5, 1].map((noise) => generate({ n: 4000, seed: 1, noise }).x.flat());
      const difference = (one as Float64Array).map((value, i) => value - (still?.[i] as number));
      const mean = difference.reduce((sum, d) => sum + d, 0) / 8000;
      const std = Math.sqrt(difference.reduce((sum, d) => sum + d * d, 0) / 8000);
      expect(mean).to.be.closeTo(0, 0.03);
      expect(std).to.be.closeTo(0.5, 0.02);
      expect((two?.[7] as number) - (still?.[7] as number)).to.be.closeTo(
        2 * (difference[7] as number),
        1e-12,
      );
    });
  });
}

describe("toy sets without noise", () => {
  it("moons: scikit-learn's half circles, ends included", () => {
    const all = points(moons({ n: 41, noise: 0, seed: 1 }));
    for (const { x0, x1, label } of all) {
      const [u, v] = label === 0 ? [x0, x1] : [1 - x0, 0.5 - x1];
      expect(u * u + v * v).to.be.closeTo(1, 1e-12);
      expect(v).to.be.at.least(-1e-12);
    }
    const near = (x0: number, x1: number, label: number): boolean =>
      all.some((p) => p.label === label && Math.hypot(p.x0 - x0, p.x1 - x1) < 1e-9);
    expect([near(1, 0, 0), near(-1, 0, 0), near(0, 1, 0)]).to.deep.equal([true, true, true]);
    expect([near(0, 0.5, 1), near(2, 0.5, 1)]).to.deep.equal([true, true]);
  });

  it("circles: radius 1 outside, factor inside, no angle twice", () => {
    const all = points(circles({ n: 40, noise: 0, factor: 0.3, seed: 1 }));
    for (const { x0, x1, label } of all)
      expect(Math.hypot(x0, x1)).to.be.closeTo(label === 0 ? 1 : 0.3, 1e-12);
    const angles = all.filter((p) => p.label === 1).map((p) => Math.atan2(p.x1, p.x0).toFixed(6));
    expect(new Set(angles).size).to.equal(20);
    expect(() => circles({ factor: 1, seed: 0 })).to.throw(RangeError, "factor is 1");
  });

  it("spirals: arm c is arm 0 turned by c / classes, winding `turns` times", () => {
    const all = points(spirals({ n: 90, classes: 3, turns: 2, noise: 0, seed: 1 }));
    for (const { x0, x1, label } of all) {
      const r = Math.hypot(x0, x1);
      expect(r).to.be.within(0.1 - 1e-12, 1 + 1e-12);
      const t = 2 * Math.PI * (2 * r + label / 3);
      expect(x0).to.be.closeTo(r * Math.cos(t), 1e-9);
      expect(x1).to.be.closeTo(r * Math.sin(t), 1e-9);
    }
  });

  it("xor: class 1 where exactly one coordinate is positive; all four quadrants are there", () => {
    const all = points(xor({ n: 200, seed: 1 }));
    for (const { x0, x1, label } of all) {
      expect(label).to.equal(x0 > 0 !== x1 > 0 ? 1 : 0);
      expect(Math.max(Math.abs(x0), Math.abs(x1))).to.be.at.most(1);
    }
    expect(new Set(all.map((p) => `${p.x0 > 0} ${p.x1 > 0}`)).size).to.equal(4);
  });

  it("blobs: every point on its centre, given or drawn from (−10, 10)²", () => {
    for (const { x0, x1, label } of points(
      blobs({
        n: 20,
        noise: 0,
        seed: 1,
        centers: [
          [1, 2],
          [-3, 4],
        ],
      }),
    ))
      expect([x0, x1]).to.deep.equal(label === 0 ? [1, 2] : [-3, 4]);
    const drawn = points(blobs({ n: 20, noise: 0, seed: 1, centers: 4 }));
    expect(new Set(drawn.map((p) => `${p.x0} ${p.x1}`)).size).to.equal(4);
    for (const { x0, x1 } of drawn) expect(Math.max(Math.abs(x0), Math.abs(x1))).to.be.below(10);
  });

  it("go on with a stream that is given instead of a seed", () => {
    const rng = random(5);
    expect(points(moons({ n: 9, rng }))).to.deep.equal(points(moons({ n: 9, seed: 5 })));
    expect(points(moons({ n: 9, rng }))).not.to.deep.equal(points(moons({ n: 9, seed: 5 })));
  });
});
