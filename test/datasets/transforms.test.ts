import { expect } from "chai";
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  affine,
  ColorJitter,
  Compose,
  Cutout,
  Normalize,
  RandomAffine,
  type RandomAffineOptions,
  RandomCrop,
  type RandomCropOptions,
  RandomHorizontalFlip,
  RandomRotation,
  Resize,
  resize,
  rotate,
  ToTensor,
  type Transform,
} from "chalk-and-tape/datasets";
import { array, NDArray, random, ShapeError } from "chalk-and-tape/np";

/** An image whose pixels are all different: 1, 2, 3 … */
function numbered(...shape: number[]): NDArray {
  const size = shape.reduce((a, b) => a * b, 1);
  return NDArray.from(
    Float64Array.from({ length: size }, (_, i) => i + 1),
    shape,
  );
}
const noise = random(3).uniform(0, 256, [3, 8, 9], { dtype: "uint8" });

/** What a transform makes of an image, as text, from so many streams: how often each. */
function counts(transform: Transform, image: NDArray, draws: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const result = JSON.stringify(transform.forward(image, random(7).foldIn(i)).toArray());
    seen.set(result, (seen.get(result) ?? 0) + 1);
  }
  return seen;
}

/** χ² against equal shares, in standard deviations above its mean. */
function excess(seen: Iterable<number>): number {
  const list = [...seen];
  const expected = list.reduce((a, b) => a + b, 0) / list.length;
  const statistic = list.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  return (statistic - (list.length - 1)) / Math.sqrt(2 * (list.length - 1));
}

/** Draws in [low, high] that come near both ends, and spread as a uniform does. */
function expectUniform(draws: readonly number[], low: number, high: number): void {
  const wide = high - low;
  expect(Math.min(...draws)).to.be.within(low, low + 0.02 * wide);
  expect(Math.max(...draws)).to.be.within(high - 0.02 * wide, high);
  const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
  expect((mean - low) / wide).to.be.closeTo(0.5, 4 / Math.sqrt(12 * draws.length));
}
const streams = (n: number) => Array.from({ length: n }, (_, i) => random(11).foldIn(i));

describe("RandomCrop", () => {
  it("gives every piece of the padded image, all equally often, channels together", () => {
    const image = numbered(2, 2, 3);
    const seen = counts(new RandomCrop([2, 3], { padding: [2, 1], fill: -1 }), image, 6000);
    expect(seen.size).to.equal(15);
    expect(excess(seen.values())).to.be.below(3.5);
    expect(seen.has("[[[-1,-1,-1],[-1,-1,1]],[[-1,-1,-1],[-1,-1,7]]]"), "the lower right corner").to.equal(
      true,
    );
    expect(seen.has("[[[5,6,-1],[-1,-1,-1]],[[11,12,-1],[-1,-1,-1]]]"), "the upper left one").to.equal(true);
    expect(seen.has(JSON.stringify(image.toArray())), "the image itself").to.equal(true);
  });

  it("fills each channel with its own value", () => {
    const [result] = counts(
      new RandomCrop([1, 4], { padding: [1, 0, 1, 0], fill: [8, 9] }),
      numbered(2, 1, 2),
      1,
    ).keys();
    expect(result).to.equal("[[[8,1,2,8]],[[9,3,4,9]]]");
  });

  it("padIfNeeded: a smaller image lies anywhere in the piece, a larger one is not padded", () => {
    const seen = counts(new RandomCrop(3, { padIfNeeded: true }), numbered(2, 3), 300);
    expect([...seen.keys()].sort()).to.deep.equal(
      ["[[0,0,0],[1,2,3],[4,5,6]]", "[[1,2,3],[4,5,6],[0,0,0]]"].sort(),
    );
    expect(counts(new RandomCrop([1, 2], { padIfNeeded: true }), numbered(2, 3), 300).size).to.equal(4);
    const edge = counts(
      new RandomCrop([1, 3], { padIfNeeded: true, paddingMode: "edge" }),
      numbered(1, 2),
      300,
    );
    expect([...edge.keys()].sort()).to.deep.equal(["[[1,1,2]]", "[[1,2,2]]"]);
  });

  const bad: [number | [number, number], RandomCropOptions, string][] = [
    [0, {}, "size is 0"],
    [[3, 1.5], {}, "size is [3, 1.5]"],
    [2, { padding: -1 }, "padding is -1"],
    [2, { padding: [1, 2, 3] }, "padding is [1, 2, 3]"],
    [
      2,
      { paddingMode: "wrap" as "edge" },
      'paddingMode is "wrap", expected one of constant, edge, reflect, symmetric',
    ],
  ];
  for (const [size, options, says] of bad)
    it(`refuses ${says}`, () => {
      expect(() => new RandomCrop(size, options)).to.throw(RangeError, says);
    });

  it("refuses an image that is too small, a mirror that is too short, fills that do not fit", () => {
    const run =
      (transform: Transform, ...shape: number[]) =>
      () =>
        transform.forward(numbered(...shape), random(1));
    expect(run(new RandomCrop(4), 3, 5)).to.throw(
      RangeError,
      "crop size 4 is larger than input image size 3",
    );
    expect(run(new RandomCrop(2, { padding: 2, paddingMode: "reflect" }), 2, 2)).to.throw(
      RangeError,
      "at most 1",
    );
    expect(run(new RandomCrop(2, { padding: 3, paddingMode: "symmetric" }), 2, 2)).to.throw(
      RangeError,
      "at most 2",
    );
    expect(run(new RandomCrop(2, { fill: [1, 2] }), 3, 4, 4)).to.throw(
      RangeError,
      "fill is [1, 2] and the image has 3",
    );
    expect(run(new RandomCrop(1), 2, 3, 4, 4)).to.throw(ShapeError, "one image at a time");
  });
});

describe("RandomHorizontalFlip", () => {
  it("flips with probability p, left to right and not top to bottom", () => {
    const image = numbered(2, 2, 3);
    const flipped = "[[[3,2,1],[6,5,4]],[[9,8,7],[12,11,10]]]";
    for (const p of [0.5, 0.1]) {
      const seen = counts(new RandomHorizontalFlip({ p }), image, 2000);
      expect(seen.size).to.equal(2);
      expect((seen.get(flipped) as number) / 2000).to.be.closeTo(p, 4 * Math.sqrt((p * (1 - p)) / 2000));
    }
    expect(counts(new RandomHorizontalFlip({ p: 1 }), image, 50).get(flipped)).to.equal(50);
    expect(counts(new RandomHorizontalFlip({ p: 0 }), image, 50).has(flipped)).to.equal(false);
    for (const p of [-0.1, 1.1, Number.NaN])
      expect(() => new RandomHorizontalFlip({ p })).to.throw(RangeError, `p is ${p}`);
  });
});

describe("RandomRotation and RandomAffine", () => {
  it("RandomRotation turns by an angle between its bounds, as rotate does", () => {
    const options = { interpolation: "bilinear", fill: 20 } as const;
    for (const rng of streams(5)) {
      const { state } = rng;
      const result = new RandomRotation([10, 50], options).forward(noise, rng);
      rng.state = state;
      expect(result.toArray()).to.deep.equal(rotate(noise, 10 + 40 * rng.next(), options).toArray());
    }
    expect(new RandomRotation(30).degrees).to.deep.equal([-30, 30]);
  });

  it("RandomAffine draws each of its numbers from its own bounds, and does what affine does with them", () => {
    const transform = new RandomAffine([-20, 40], {
      translate: [0.25, 0.1],
      scale: [0.8, 1.5],
      shear: [-5, 15, 20, 30],
      interpolation: "bilinear",
      fill: 9,
    });
    const draws = streams(3000).map((rng) => transform.params(20, 40, rng));
    expectUniform(
      draws.map(({ angle }) => angle),
      -20,
      40,
    );
    expectUniform(
      draws.map(({ scale }) => scale),
      0.8,
      1.5,
    );
    expectUniform(
      draws.map(({ shear }) => shear[0]),
      -5,
      15,
    );
    expectUniform(
      draws.map(({ shear }) => shear[1]),
      20,
      30,
    );
    // A quarter of the width, 40, and a tenth of the height, 20: whole pixels, the outermost half as often.
    for (const [axis, most] of [
      [0, 10],
      [1, 2],
    ] as const) {
      const moves = draws.map(({ translate }) => translate[axis]);
      const each = Array.from({ length: 2 * most + 1 }, (_, i) => moves.filter((n) => n === i - most).length);
      expect(each.reduce((a, b) => a + b)).to.equal(3000);
      expect(excess(each.slice(1, -1))).to.be.below(3.5);
      expect(((each[0] as number) + (each.at(-1) as number)) / 3000).to.be.closeTo(1 / (2 * most), 0.03);
    }
    for (const rng of streams(3)) {
      const { state } = rng;
      const result = transform.forward(noise, rng);
      rng.state = state;
      const options = { ...transform.params(8, 9, rng), interpolation: "bilinear", fill: 9 } as const;
      expect(result.toArray()).to.deep.equal(affine(noise, options).toArray());
    }
  });

  it("RandomAffine alone turns; a shear of one number or two is along x", () => {
    const [rng] = streams(1);
    const only = new RandomAffine(5).params(8, 8, rng as NonNullable<typeof rng>);
    expect({ ...only, angle: 0 }).to.deep.equal({ angle: 0, translate: [0, 0], scale: 1, shear: [0, 0] });
    const sheared = (shear: number | [number, number]) =>
      streams(2000).map((stream) => new RandomAffine(0, { shear }).params(8, 8, stream).shear);
    expectUniform(
      sheared(12).map(([x]) => x),
      -12,
      12,
    );
    expectUniform(
      sheared([3, 4]).map(([x]) => x),
      3,
      4,
    );
    expect(sheared(12).every(([, y]) => y === 0)).to.equal(true);
  });

  const bad: [number | [number, number], RandomAffineOptions, string][] = [
    [-3, {}, "degrees is -3"],
    [[5, 1], {}, "degrees is [5, 1]"],
    [0, { translate: [0.1, 1.2] }, "translate is [0.1, 1.2]"],
    [0, { translate: [0.1] as unknown as [number, number] }, "translate is [0.1]"],
    [0, { scale: [0, 1] }, "scale is [0, 1]"],
    [0, { shear: -1 }, "shear is -1"],
  ];
  for (const [degrees, options, says] of bad)
    it(`refuses ${says}`, () => {
      expect(() => new RandomAffine(degrees, options)).to.throw(RangeError, says);
    });
  it("refuses three numbers for shear", () => {
    const shear = [1, 2, 3] as unknown as [number, number];
    expect(() => new RandomAffine(0, { shear })).to.throw(
      TypeError,
      "RandomAffine: shear is [1, 2, 3], expected",
    );
  });

  it("refuses another interpolation, a scale of 0 and fills that do not fit", () => {
    expect(() => affine(noise, { angle: 0, interpolation: "cubic" as "nearest" })).to.throw(
      RangeError,
      '"cubic"',
    );
    expect(() => affine(noise, { angle: 0, scale: 0 })).to.throw(
      RangeError,
      "scale is 0, expected a number > 0",
    );
    expect(() => affine(noise, { angle: Number.NaN })).to.throw(
      RangeError,
      "angle is NaN, expected a finite number",
    );
    expect(() => rotate(noise, 0, { fill: [1, 2] })).to.throw(RangeError, "the image has 3 channel(s)");
  });
});

describe("ColorJitter", () => {
  it("draws each factor from its own bounds, all orders equally often", () => {
    const transform = new ColorJitter({ brightness: 0.4, contrast: [0.5, 0.9], saturation: 1.5, hue: 0.1 });
    const draws = streams(4800).map((rng) => transform.params(rng));
    for (const [which, [low, high]] of [
      [0.6, 1.4],
      [0.5, 0.9],
      [0, 2.5],
      [-0.1, 0.1],
    ].entries())
      expectUniform(
        draws.map((steps) => steps.find((step) => step.which === which)?.factor as number),
        low as number,
        high as number,
      );
    const orders = new Map<string, number>();
    for (const steps of draws) {
      const order = steps.map(({ which }) => which).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).to.equal(24);
    expect(excess(orders.values())).to.be.below(3.5);
  });

  it("does one after the other, and what is 0 not at all", () => {
    const adjust = [adjustBrightness, adjustContrast, adjustSaturation, adjustHue];
    const transform = new ColorJitter({ brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.3 });
    for (const rng of streams(6)) {
      const { state } = rng;
      const result = transform.forward(noise, rng);
      rng.state = state;
      let expected: NDArray = noise;
      for (const { which, factor } of transform.params(rng)) {
        expected = (adjust[which] as (typeof adjust)[number])(expected, factor);
      }
      expect(result.toArray()).to.deep.equal(expected.toArray());
    }
    const [rng] = streams(1);
    expect(new ColorJitter().forward(noise, rng as NonNullable<typeof rng>)).to.equal(noise);
    const only = streams(9).flatMap((stream) => new ColorJitter({ contrast: 0.2 }).params(stream));
    expect(only.map(({ which }) => which)).to.deep.equal(Array(9).fill(1));
  });

  it("refuses bounds outside their range and images with two channels", () => {
    expect(() => new ColorJitter({ brightness: -0.1 })).to.throw(RangeError, "brightness is -0.1");
    expect(() => new ColorJitter({ contrast: [-0.5, 1] })).to.throw(RangeError, "within 0 … Infinity");
    expect(() => new ColorJitter({ hue: 0.6 })).to.throw(RangeError, "within -0.5 … 0.5");
    const two = numbered(2, 3, 3);
    for (const run of [adjustBrightness, adjustContrast, adjustSaturation, adjustHue])
      expect(() => run(two, 0.3)).to.throw(RangeError, `${run.name}: the image has 2 channels; expected 1`);
    expect(() => adjustBrightness(noise, -1)).to.throw(RangeError, "factor is -1");
    expect(() => adjustHue(noise, 0.7)).to.throw(RangeError, "share is 0.7");
  });
});

describe("Cutout", () => {
  const area = (image: NDArray): number => [...image.flat()].filter((value) => value === 0).length;

  it("sets a square to 0 in all channels, its centre anywhere, cut off at the edge", () => {
    const image = numbered(2, 6, 5);
    const seen = counts(new Cutout({ length: 2 }), image, 6000);
    expect(seen.size).to.equal(30);
    expect(excess(seen.values())).to.be.below(3.5);
    const areas = [...seen.keys()].map((text) => area(array(JSON.parse(text))) / 2);
    const whole = areas.filter((n) => n === 4).length;
    expect([whole, areas.filter((n) => n === 2).length, areas.filter((n) => n === 1).length]).to.deep.equal([
      20, 9, 1,
    ]);
    for (const text of seen.keys()) {
      const [first, second] = JSON.parse(text) as [number[][], number[][]];
      expect(first.flat().map((x) => x === 0)).to.deep.equal(second.flat().map((x) => x === 0));
      for (const [i, x] of [first, second].flat(2).entries()) expect(x === 0 || x === i + 1).to.equal(true);
    }
  });

  it("cuts odd lengths and several holes", () => {
    const areas = (options: object): number[] =>
      streams(200).map((rng) => area(new Cutout(options).forward(numbered(30, 30), rng)));
    expect(Math.max(...areas({ length: 3 }))).to.equal(9);
    const two = areas({ length: 4, nHoles: 2 });
    expect([Math.max(...two), two.every((n) => n <= 32 && n >= 4)]).to.deep.equal([32, true]);
    expect(Math.max(...areas({}))).to.equal(256);
    for (const options of [{ length: 0 }, { nHoles: 1.5 }])
      expect(() => new Cutout(options)).to.throw(RangeError);
  });
});

describe("ToTensor, Normalize, Resize and Compose", () => {
  it("ToTensor: bytes of datasets in 0 … 1, channels first; the dtype that is asked for", () => {
    const x = new ToTensor({ dtype: "float32" }).forward(noise);
    expect([x.shape, x.dtype, x.item(2, 7, 8)]).to.deep.equal([
      [3, 8, 9],
      "float32",
      Math.fround(noise.item(2, 7, 8) / 255),
    ]);
    expect(new ToTensor().forward(noise.slice(0)).shape).to.deep.equal([1, 8, 9]);
    expect(new ToTensor().forward(numbered(1, 2, 2)).toArray()).to.deep.equal([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(() => new ToTensor().forward(noise.astype("int32"))).to.throw(TypeError, "expected uint8");
    expect(() => new ToTensor({ layout: "WHC" as "HWC" })).to.throw(RangeError, '"WHC"');
    expect(() => new ToTensor({ dtype: "uint8" as "float32" })).to.throw(RangeError, '"uint8"');
  });

  it("Normalize wants floats, a std that is not 0, and one number for each channel", () => {
    expect(() => new Normalize([0.5], [0.5]).forward(noise)).to.throw(
      TypeError,
      "Got uint8. Put a ToTensor before it",
    );
    expect(() => new Normalize([0, 0], [1, 0])).to.throw(RangeError, "leading to division by zero");
    expect(() => new Normalize([0, 0], [1])).to.throw(RangeError, "as many of the one as of the other");
    expect(() => new Normalize([0, 0], [1, 1]).forward(numbered(3, 2, 2))).to.throw(
      RangeError,
      "the image has 3 channel(s)",
    );
    expect(new Normalize([1], [2]).forward(numbered(2, 2)).toArray()).to.deep.equal([
      [0, 0.5],
      [1, 1.5],
    ]);
  });

  it("Resize to one number keeps the proportions, and an image of that size as it is", () => {
    expect(new Resize(4).forward(numbered(2, 8, 12)).shape).to.deep.equal([2, 4, 6]);
    expect(new Resize(4).forward(numbered(11, 8)).shape).to.deep.equal([5, 4]);
    const image = numbered(8, 12);
    expect(new Resize(8).forward(image)).to.equal(image);
    expect(() => new Resize([0, 3])).to.throw(RangeError, "size is [0, 3]");
    expect(() => resize(image, [3, -1])).to.throw(RangeError, "size is [3, -1]");
  });

  it("Compose runs in order on one stream, and says whether it draws", () => {
    const draw: Transform = { forward: (image, rng) => image.add(rng.next()) };
    const double: Transform = { isRandom: false, forward: (image) => image.mul(2) };
    const rng = random(5);
    const [a, b] = [rng.next(), rng.next()];
    const result = new Compose([draw, double, draw]).forward(array([[1]]), random(5));
    expect(result.item(0, 0)).to.equal((1 + a) * 2 + b);
    expect(new Compose([double, new Resize(3), new ToTensor()]).isRandom).to.equal(false);
    for (const random of [
      draw,
      new Cutout(),
      new RandomCrop(2),
      new ColorJitter(),
      new RandomAffine(1),
      new RandomRotation(1),
      new RandomHorizontalFlip(),
    ])
      expect(new Compose([double, random]).isRandom).to.equal(true);
    expect(() => new Compose([double, {} as Transform])).to.throw(
      TypeError,
      "Compose: transforms is a list of 2, expected a list of transforms, each with forward",
    );
  });
});
