import { expect } from "chai";
import { conv2d, ones, random, ShapeError, type Window } from "chalk-and-tape/np";
import { outputPixel } from "chalk-and-tape/plots";
import { draw, layers } from "./drawn.ts";

const image = random(0).uniform(0, 1, [3, 6, 5]);
const kernel = random(1).uniform(-1, 1, [3, 3, 3]);
const value = (text: string): number => Number(/output is (.+)\.$/.exec(text)?.[1]);

describe("outputPixel", () => {
  it("the sum of its products and the bias is the convolution's output, at the edge, too", () => {
    const window: Window = {
      kernel: [3, 3],
      stride: [1, 1],
      dilation: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
      mode: "zeros",
    };
    const y = conv2d(image.reshape(1, 3, 6, 5), kernel.reshape(1, 3, 3, 3), window);
    for (const [row, column] of [
      [0, 0],
      [2, 3],
      [5, 4],
    ] as const) {
      const { description } = outputPixel(image, kernel, row, column, { padding: 1, bias: 0.25 });
      expect(description).to.match(/^27 products with sum /);
      expect(value(description)).to.be.closeTo(y.item(0, 0, row, column) + 0.25, 1e-3);
    }
  });

  it("shows window, kernel and products of every channel as numbers", async () => {
    const picture = outputPixel(image, kernel, 0, 0, { title: "One pixel" });
    const svg = await draw(picture);
    for (const text of ["window", "kernel", "products", "channel 2", "One pixel"])
      expect(svg).to.contain(`>${text}<`);
    const texts = (layers(picture)[1]?.data?.values ?? []).map(({ text }) => text);
    expect(texts).to.have.length(81);
    expect(texts[0]).to.equal(image.item(0, 0, 0).toFixed(2));
    expect(texts[54]).to.equal(
      (image.item(0, 0, 0) * kernel.item(0, 0, 0)).toFixed(2).replace("-0.00", "0.00"),
    );
  });

  it("refuses channels that differ, and a pixel that the output does not have", () => {
    expect(() => outputPixel(image, ones([1, 3, 3]), 0, 0)).to.throw(ShapeError, "with the same C");
    for (const row of [4, -1, 0.5])
      expect(() => outputPixel(image, kernel, row, 0)).to.throw(RangeError, "from 0 to 3");
    expect(() => outputPixel(image, kernel, 0, 3)).to.throw(RangeError, "column is 3");
    expect(() => outputPixel(ones([1, 2, 2]), ones([1, 3, 3]), 0, 0)).to.throw(
      ShapeError,
      "larger than the image (2, 2)",
    );
  });
});
