import { expect } from "chai";
import { decode } from "fast-png";
import { sideBoundary } from "#internal/plots";

type Layer = { data: { values: { url: string; x: number; y: number; x2: number; y2: number }[] } };

/** The field's picture, decoded: the pixel at a fraction of the way right and down. */
function field(probability: number[][], xs: number[], ys: number[]): (u: number, v: number) => number[] {
  const { spec } = sideBoundary({ side: "manual", xs, ys, probability, points: [] });
  const [corner] = (spec.layer as Layer[])[0]?.data.values ?? [];
  expect(corner).to.include({ x: xs[0], y: ys[0], x2: xs.at(-1), y2: ys.at(-1) });
  const { width, height, channels, data } = decode(Buffer.from(String(corner?.url.split(",")[1]), "base64"));
  expect(channels).to.equal(4);
  return (u, v) => {
    const at = 4 * (Math.round(v * (height - 1)) * width + Math.round(u * (width - 1)));
    return [...data.slice(at, at + 4)];
  };
}

describe("plots: the field of a decision boundary", () => {
  it("has rows of y from the bottom and columns of x from the left", () => {
    // Class 1 only where y is largest and x smallest: the picture's top left corner.
    const at = field(
      [
        [0, 0, 0],
        [0, 0, 0],
        [1, 0, 0],
      ],
      [0, 1, 2],
      [0, 1, 2],
    );
    const [blue, orange] = [
      [0, 114, 178, 155],
      [230, 159, 0, 155],
    ];
    expect(at(0, 0)).to.deep.equal(orange);
    expect(at(1, 0)).to.deep.equal(blue);
    expect(at(0, 1)).to.deep.equal(blue);
    expect(at(1, 1)).to.deep.equal(blue);
  });

  it("is fainter where the network is less sure, with a grey line at 1/2", () => {
    const at = field(
      [
        [0, 1],
        [0, 1],
      ],
      [0, 1],
      [0, 1],
    );
    expect(at(0.25, 0.5)[3]).to.be.within(60, 120);
    expect(at(0, 0.5)[3]).to.equal(155);
    const middle = Array.from({ length: 240 }, (_, i) => at(i / 239, 0.5));
    expect(middle.filter((pixel) => pixel[0] === pixel[1] && pixel[1] === pixel[2])).to.have.length(1);
  });

  it("is red in the cells that touch a probability that is not finite, and only there", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const at = field(
        [
          [value, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
        ],
        [0, 1, 2],
        [0, 1, 2],
      );
      for (const [u, v] of [
        [0, 1],
        [0.4, 0.6],
      ] as const) {
        expect(at(u, v)).to.deep.equal([192, 40, 45, 255]);
      }
      for (const [u, v] of [
        [0.6, 0.6],
        [1, 0],
        [0, 0],
        [1, 1],
      ] as const) {
        expect(at(u, v)).to.deep.equal([230, 159, 0, 155]);
      }
    }
  });
});
