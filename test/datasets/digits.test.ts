import { expect } from "chai";
import { digits } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";

const { x, y, classes } = digits({ n: 500, seed: 1 });
const pixels = x.flat() as Uint8Array;
const labels = y.flat() as Int32Array;
const image = (i: number): Uint8Array => pixels.subarray(784 * i, 784 * (i + 1));

describe("digits", () => {
  it("are uint8 (n, 28, 28) of ten classes, each ten images holding every digit once, in changing order", () => {
    expect([x.shape, x.dtype, y.shape, y.dtype]).to.deep.equal([[500, 28, 28], "uint8", [500], "int32"]);
    expect(classes).to.deep.equal([..."0123456789"]);
    const tens = Array.from({ length: 50 }, (_, t) => [...labels.subarray(10 * t, 10 * t + 10)]);
    for (const ten of tens) expect(ten.toSorted().join("")).to.equal("0123456789");
    expect(new Set(tens.map((ten) => ten.join(""))).size).to.be.above(45);
    expect(digits({ n: 13, seed: 1 }).x.shape).to.deep.equal([13, 28, 28]);
  });

  it("repeat with one seed, differ with another; a larger n continues the sequence", () => {
    expect(digits({ n: 30, seed: 1 }).x.flat()).to.deep.equal(pixels.subarray(0, 30 * 784));
    expect(digits({ n: 30, rng: random(1) }).x.flat()).to.deep.equal(pixels.subarray(0, 30 * 784));
    expect(digits({ n: 30, seed: 2 }).x.flat()).not.to.deep.equal(pixels.subarray(0, 30 * 784));
  });

  it("are all different, with white ink, black paper and grey edges, in MNIST's amount", () => {
    const pictures = new Set(Array.from({ length: 500 }, (_, i) => image(i).join()));
    expect(pictures.size).to.equal(500);
    for (let i = 0; i < 500; i++) {
      expect(Math.max(...image(i)), `image ${i}`).to.be.above(190);
      expect(image(i).filter((value) => value === 0).length, `image ${i}`).to.be.above(392);
      expect(image(i).filter((value) => value > 0 && value < 200).length, `image ${i}`).to.be.above(10);
    }
    // MNIST's training images have a mean of 0.1307.
    expect(pixels.reduce((sum, value) => sum + value, 0) / pixels.length / 255).to.be.closeTo(0.13, 0.02);
  });

  it("have a body of about 20 pixels with its centre of mass near the middle", () => {
    for (let i = 0; i < 500; i++) {
      const [rows, columns] = [new Float64Array(28), new Float64Array(28)];
      image(i).forEach((value, at) => {
        rows[Math.floor(at / 28)] = (rows[Math.floor(at / 28)] as number) + value;
        columns[at % 28] = (columns[at % 28] as number) + value;
      });
      for (const sums of [rows, columns]) {
        const total = sums.reduce((sum, value) => sum + value);
        const center = sums.reduce((sum, value, at) => sum + value * at, 0) / total;
        expect(center, `image ${i}, a ${labels[i]}`).to.be.within(11.2, 15.8);
      }
      const extent = (sums: Float64Array): number =>
        sums.findLastIndex((value) => value > 0) - sums.findIndex((value) => value > 0) + 1;
      expect(Math.max(extent(rows), extent(columns)), `image ${i}`).to.be.within(17, 24);
    }
  });

  it("can be told apart: the nearest class mean of other images is right for most", () => {
    const means = classes.map((_, digit) => {
      const own = Array.from(labels.keys()).filter((i) => labels[i] === digit);
      return Float64Array.from({ length: 784 }, (_, at) =>
        own.reduce((sum, i) => sum + (image(i)[at] as number) / own.length, 0),
      );
    });
    const other = digits({ n: 300, seed: 2 });
    const right = Array.from({ length: 300 }, (_, i) => {
      const picture = other.x.flat().subarray(784 * i, 784 * (i + 1));
      const distances = means.map((mean) =>
        mean.reduce((sum, m, at) => sum + (m - (picture[at] as number)) ** 2, 0),
      );
      return distances.indexOf(Math.min(...distances)) === other.y.item(i);
    }).filter(Boolean).length;
    expect(right / 300).to.be.above(0.6);
  });

  it("refuse n that is not a whole number from 1 on", () => {
    for (const n of [0, -1, 1.5, Number.NaN])
      expect(() => digits({ n, seed: 0 })).to.throw(RangeError, `digits: n is ${n}, expected`);
  });
});
