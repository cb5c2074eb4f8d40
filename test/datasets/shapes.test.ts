import { expect } from "chai";
import { loadDataset, shapes } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";

const { x, y, classes } = shapes({ n: 300, seed: 1 });
const pixels = x.flat() as Uint8Array;
const labels = y.flat() as Int32Array;
const size = 3 * 32 * 32;
const image = (i: number): Uint8Array => pixels.subarray(size * i, size * (i + 1));
const brightness = (i: number): Float64Array =>
  Float64Array.from({ length: 1024 }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((c) => image(i)[c * 1024 + at]);
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  });

describe("shapes", () => {
  it("are laid out as CIFAR-10, ten classes, each ten images holding every shape once, in changing order", () => {
    expect([x.shape, x.dtype, y.shape, y.dtype]).to.deep.equal([[300, 3, 32, 32], "uint8", [300], "int32"]);
    expect(classes.join(" ")).to.equal("circle ring moon square triangle hourglass cross star arrow heart");
    const tens = Array.from({ length: 30 }, (_, t) => [...labels.subarray(10 * t, 10 * t + 10)]);
    for (const ten of tens) expect(ten.toSorted().join("")).to.equal("0123456789");
    expect(new Set(tens.map((ten) => ten.join(""))).size).to.be.above(25);
    expect(shapes({ n: 13, seed: 1 }).x.shape).to.deep.equal([13, 3, 32, 32]);
  });

  it("repeat with one seed, differ with another; a larger n continues the sequence", () => {
    expect(shapes({ n: 25, seed: 1 }).x.flat()).to.deep.equal(pixels.subarray(0, 25 * size));
    expect(shapes({ n: 25, rng: random(1) }).x.flat()).to.deep.equal(pixels.subarray(0, 25 * size));
    expect(shapes({ n: 25, seed: 2 }).x.flat()).not.to.deep.equal(pixels.subarray(0, 25 * size));
  });

  it("come in turns from the catalogue as they do at once", async () => {
    const { train } = await loadDataset("shapes", { seed: 1, limit: 250 });
    const rng = random(1);
    rng.spawn(); // the stream of the test images
    const atOnce = shapes({ n: 250, rng });
    expect(train.x.flat()).to.deep.equal(atOnce.x.flat());
    expect(train.y.flat()).to.deep.equal(atOnce.y.flat());
  });

  it("are brighter than their background: the average of a class shows its form", () => {
    const average = (name: string): Float64Array => {
      const own = [...labels.keys()].filter((i) => classes[labels[i] ?? -1] === name);
      const sum = new Float64Array(1024);
      for (const i of own) {
        const picture = brightness(i);
        for (let at = 0; at < 1024; at++) sum[at] = (sum[at] ?? 0) + (picture[at] ?? 0) / own.length;
      }
      return sum;
    };
    const middle = (name: string): number => {
      const picture = average(name);
      return [15 * 32 + 15, 15 * 32 + 16, 16 * 32 + 15, 16 * 32 + 16].reduce(
        (sum, at) => sum + (picture[at] ?? 0) / 4,
        0,
      );
    };
    const corner = (name: string): number => average(name)[0] ?? 0;
    for (const name of ["circle", "square", "cross", "heart"])
      expect(middle(name), name).to.be.above(corner(name) + 0.2);
    expect(middle("ring")).to.be.below(middle("circle") - 0.1);
  });

  it("say nothing by their colour: the averages of red, green and blue are those of every class", () => {
    for (const label of classes.keys()) {
      const own = [...labels.keys()].filter((i) => labels[i] === label);
      for (const c of [0, 1, 2]) {
        const values = own.flatMap((i) => [...image(i).subarray(1024 * c, 1024 * (c + 1))]);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length / 255;
        expect(mean, `${classes[label]}, colour ${c}`).to.be.within(0.3, 0.65);
      }
    }
  });

  it("refuse n that is not a whole number from 1 on", () => {
    for (const n of [0, -1, 1.5, Number.NaN])
      expect(() => shapes({ n, seed: 0 })).to.throw(RangeError, `shapes: n is ${n}, expected`);
  });
});
