import { expect } from "chai";
import { array, random } from "chalk-and-tape/np";
import { imageSheet, toPixels, toSvg } from "chalk-and-tape/plots";
import { decode } from "fast-png";

describe("plots: pixels of an array", () => {
  it("puts the channels of a pixel side by side", () => {
    const image = array(
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [11, 12, 13],
          [14, 15, 16],
        ],
        [
          [21, 22, 23],
          [24, 25, 26],
        ],
      ],
      { dtype: "uint8" },
    );
    expect([...toPixels(image)]).to.deep.equal([
      1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24, 5, 15, 25, 6, 16, 26,
    ]);
    expect([...toPixels(image.slice(1))]).to.deep.equal([11, 12, 13, 14, 15, 16]);
  });

  it("makes bytes of numbers in 0 … 1, rounds, and cuts off what lies outside", () => {
    expect([...toPixels(array([[0, 1, 0.5, 100.4 / 255, -3, 1.2]]))]).to.deep.equal([
      0, 255, 128, 100, 0, 255,
    ]);
    const bytes = random(1).uniform(0, 256, [3, 9, 7], { dtype: "uint8" });
    expect(toPixels(bytes.astype("float32").div(255))).to.deep.equal(toPixels(bytes));
  });

  it("undoes a normalisation, channel by channel", () => {
    const bytes = random(2).uniform(0, 256, [3, 4, 5], { dtype: "uint8" });
    const [mean, std] = [
      [0.1, 0.5, 0.7],
      [0.2, 0.25, 0.4],
    ];
    const shape = (numbers: number[]) => array(numbers).reshape(3, 1, 1);
    const x = bytes.astype("float64").div(255).sub(shape(mean)).div(shape(std));
    expect(toPixels(x, { mean, std })).to.deep.equal(toPixels(bytes));
    expect(toPixels(x.slice(1), { mean: [0.5], std: [0.25] })).to.deep.equal(toPixels(bytes.slice(1)));
  });

  it("refuses a batch, and means for other channels", () => {
    expect(() => toPixels(array([[[[1]]]]))).to.throw(
      RangeError,
      "(1, 1, 1, 1), expected (H, W) or (C, H, W)",
    );
    expect(() => toPixels(array([[[1]]]), { mean: [1, 2], std: [1] })).to.throw(
      RangeError,
      "2 means and 1 stds for 1",
    );
  });
});

describe("plots: a sheet of pictures", () => {
  const images = Array.from({ length: 5 }, (_, i) =>
    random(i).uniform(0, 256, [3, 4, 6], { dtype: "uint8" }),
  );
  const [a, b, c, d, e] = images.map((image) => toPixels(image)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];

  it("draws each picture, its pixels unchanged, in its row and column, with labels and headings", async () => {
    const rows = [
      { label: "cat", images: [a, b, c] },
      { label: "dog", images: [d, null, e] },
    ];
    const warnings: string[] = [];
    const spec = imageSheet({ rows, height: 4, width: 6, headings: ["original", "crop", "flip"] });
    const svg = await toSvg(spec, { warn: (message) => warnings.push(message) });
    expect(warnings).to.deep.equal([]);
    const image =
      /<image [^>]*href="data:image\/png;base64,([^"]+)" transform="translate\(([\d.]+),([\d.]+)\)"/g;
    const drawn = [...svg.matchAll(image)];
    const pixels = drawn.map(([, png = ""]) => [...decode(Buffer.from(png, "base64")).data]);
    expect(pixels).to.deep.equal([a, b, c, d, e].map((pixel) => [...pixel]));
    const places = drawn.map(([, , x, y]) => [Number(x), Number(y)] as const);
    const [first, second, third, fourth, fifth] = places as [Place, Place, Place, Place, Place];
    expect([second[0] - first[0], third[0] - second[0]]).to.deep.equal([76, 76]);
    expect([fourth[0], fifth[0], first[1], fourth[1] - first[1]]).to.deep.equal([
      first[0],
      third[0],
      second[1],
      76,
    ]);
    for (const word of ["cat", "dog", "original", "crop", "flip"]) expect(svg).to.contain(`>${word}</text>`);
    expect(spec.description).to.equal("A sheet of pictures, row by row: cat (3), dog (2).");
  });
  type Place = readonly [number, number];

  it("draws no row and no picture, and refuses pictures of another size", async () => {
    await toSvg(imageSheet({ rows: [], height: 4, width: 6 }));
    await toSvg(imageSheet({ rows: [{ label: "none", images: [null] }], height: 4, width: 6 }));
    expect(() => imageSheet({ rows: [{ label: "cat", images: [a] }], height: 5, width: 6 })).to.throw(
      RangeError,
      "5 × 6",
    );
  });
});
