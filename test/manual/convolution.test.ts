import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import { Conv2d, conv2dByLoops, conv2dByLoopsBackward } from "chalk-and-tape/manual";
import { abs, array, type NDArray, ones, random, ShapeError, zeros } from "chalk-and-tape/np";
import { sides } from "../training/both-sides.ts";

function expectClose(found: NDArray | null, wanted: NDArray, about: string): void {
  expect(found?.shape, about).to.deep.equal(wanted.shape);
  expect(
    abs((found as NDArray).sub(wanted))
      .max()
      .item(),
    about,
  ).to.be.below(1e-12);
}

describe("the convolution by seven loops", () => {
  for (const [stride, padding] of [
    [1, 0],
    [2, 1],
    [3, 2],
  ] as const) {
    // biome-ignore format: a list
    it(`is Conv2d's, forward and backward, stride ${stride}, padding ${padding}`, () => {
      const rng = random(7);
      const layer = new Conv2d(3, 4, [3, 2], { stride, padding, rng });
      const x = rng.normal(0, 1, [2, 3, 6, 7]);
      const [weight, bias] = [layer.weight, layer.bias as NDArray];
      const y = layer.forward(x);
      expectClose(conv2dByLoops(x, weight, bias, { stride, padding }), y, "y");
      const dy = rng.normal(0, 1, y.shape);
      const slow = conv2dByLoopsBackward(dy, x, weight, { stride, padding });
      expectClose(layer.backward(dy), slow.dx, "dx");
      expectClose(layer.dWeight, slow.dWeight, "dWeight");
      expectClose(layer.dBias, slow.dBias, "dBias");
    });
  }
  it("changes none of its inputs, and says what does not fit", () => {
    const [x, weight, bias] = [ones([1, 2, 3, 3]), ones([1, 2, 2, 2]), ones([1])];
    conv2dByLoops(x, weight, bias, { padding: 1 });
    expect([x, weight, bias].map((a) => a.min().item() === 1 && a.max().item() === 1)).to.not.include(false);
    expect(() => conv2dByLoops(ones([1, 3, 3, 3]), weight, bias)).to.throw(ShapeError, /^conv2dByLoops: Given groups=1, weight of size \[1, 2, 2, 2\]/); // biome-ignore format: one call
  });
});

for (const side of sides) {
  const { classes } = side;
  const given = (x: NDArray): never => (side.name === "tape" ? new Tensor(x, true) : x) as never;
  const run = (layer: { forward(x: never): unknown }, ...shape: number[]) =>
    layer.forward(given(zeros(shape)));

  describe(`${side.name}, convolution and pooling: numbers that are known`, () => {
    const y = (layer: object, x: NDArray): unknown => {
      const shape = (layer as { forward(x: never): { shape: readonly number[] } }).forward(given(x)).shape;
      return side.pass(layer, x, ones(shape)).y.toArray();
    };
    it("AvgPool2d counts its padding: ones (2, 2), kernel 2, padding 1, are 0.25 in every corner", () => {
      expect(y(new classes.AvgPool2d(2, { stride: 2, padding: 1 }), ones([1, 1, 2, 2]))).to.deep.equal([[[[0.25, 0.25], [0.25, 0.25]]]]); // biome-ignore format: a matrix
    });
    it("MaxPool2d gives dy to the first of equals, and both dys to one that won twice", () => {
      const x = array([[[[1, 1, 1], [1, 1, 1]]]]); // biome-ignore format: a matrix
      const found = side.pass(new classes.MaxPool2d([2, 2], { stride: 1 }), x, array([[[[3, 5]]]]));
      expect(found.dx.toArray()).to.deep.equal([[[[3, 5, 0], [0, 0, 0]]]]); // biome-ignore format: a matrix
      const middle = array([[[[1, 9, 1], [1, 1, 1]]]]); // biome-ignore format: a matrix
      const twice = side.pass(new classes.MaxPool2d([2, 2], { stride: 1 }), middle, array([[[[3, 5]]]]));
      expect(twice.dx.toArray()).to.deep.equal([[[[0, 8, 0], [0, 0, 0]]]]); // biome-ignore format: a matrix
    });
    it("a batch without samples goes through, forward and backward", () => {
      const rng = random(1);
      for (const [layer, x, wanted] of [
        [new classes.Conv2d(4, 6, 3, { groups: 2, rng }), [0, 4, 5, 5], [0, 6, 3, 3]],
        [new classes.Conv1d(4, 6, 3, { rng }), [0, 4, 5], [0, 6, 3]],
        [new classes.ConvTranspose2d(4, 6, 3, { rng }), [0, 4, 5, 5], [0, 6, 7, 7]],
        [new classes.MaxPool2d(2), [0, 4, 4, 4], [0, 4, 2, 2]],
      ] as const) {
        const { y, dx } = side.pass(layer, zeros(x), zeros(wanted));
        expect([y.shape, dx.shape], layer.constructor.name).to.deep.equal([wanted, x]);
      }
    });
    it("Conv2d does not flip its kernel", () => {
      const layer = new classes.Conv2d(1, 1, [1, 2], { bias: false, rng: random(1) });
      layer.loadStateDict({ weight: array([[[[10, 1]]]]) });
      expect(y(layer, array([[[[1, 2, 3]]]]))).to.deep.equal([[[[12, 23]]]]);
    });
    it("weights start in ±1/√fanIn, fanIn = C/G·KH·KW; of ConvTranspose2d M/G·KH·KW", () => {
      const reach = (layer: { stateDict(): Record<string, NDArray> }): number[] =>
        Object.values(layer.stateDict()).map((p) => abs(p).max().item());
      const [rng, bias] = [random(3), true];
      for (const [layer, bound] of [
        [new classes.Conv2d(3, 64, 3, { rng, bias }), 0.19245008972987526],
        [new classes.Conv2d(12, 64, 3, { rng, groups: 4 }), 0.19245008972987526],
        [new classes.Conv1d(3, 64, 12, { rng }), 1 / 6],
        [new classes.ConvTranspose2d(64, 4, 3, { rng }), 1 / 6],
        [new classes.ConvTranspose2d(64, 8, 3, { rng, groups: 2 }), 1 / 6],
      ] as const) {
        const [weight, b] = reach(layer) as [number, number];
        expect(weight).to.be.within(0.97 * bound, bound);
        expect(b).to.be.within(0.4 * bound, bound);
      }
    });
    it("float32 stays float32", () => {
      const x = ones([1, 2, 4, 4], { dtype: "float32" });
      const options = { rng: random(1), dtype: "float32" } as const;
      for (const layer of [
        new classes.Conv2d(2, 3, 2, options),
        new classes.ConvTranspose2d(2, 3, 2, options),
        new classes.MaxPool2d(2),
        new classes.AvgPool2d(3, { padding: 1, countIncludePad: false }),
        new classes.AdaptiveAvgPool2d(3),
      ]) {
        const { shape } = (layer as { forward(x: never): NDArray }).forward(given(x));
        const found = side.pass(layer, x, ones(shape, { dtype: "float32" }));
        const dtypes = [found.y, found.dx, ...Object.values(found.gradients)].map(({ dtype }) => dtype);
        expect(new Set(dtypes), layer.constructor.name).to.deep.equal(new Set(["float32"]));
      }
    });
  });

  const rng = random(1);
  // biome-ignore format: one call a line
  const table: [string, () => unknown, new (message: string) => Error, string][] = [
    ["other channels", () => run(new classes.Conv2d(1, 4, 3, { rng }), 1, 3, 8, 8), ShapeError, "Conv2d.forward: Given groups=1, weight of size [4, 1, 3, 3], expected input[1, 3, 8, 8] to have 1 channels, but got 3 channels instead; axis 1 of x is inChannels"],
    ["channels last", () => run(new classes.Conv2d(3, 4, 3, { rng }), 1, 8, 8, 3), ShapeError, "are the channels last? Bring them to axis 1: x.transpose([0, 3, 1, 2])"],
    ["one image", () => run(new classes.Conv2d(3, 4, 3, { rng }), 3, 8, 8), ShapeError, "Conv2d.forward: x has shape (3, 8, 8), expected (N, C, H, W); one sample is a batch of one: x.reshape(1, 3, H, W)"],
    ["a row of pixels", () => run(new classes.Conv2d(3, 4, 3, { rng }), 5, 784), ShapeError, "Conv2d.forward: x has shape (5, 784), expected (N, C, H, W)"],
    ["an image below the kernel's size", () => run(new classes.Conv2d(1, 4, 3, { rng }), 1, 1, 2, 2), ShapeError, "Conv2d.forward: Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be greater than actual input size"],
    ["a dilated kernel", () => run(new classes.Conv2d(1, 4, 3, { rng, dilation: 2, padding: 1 }), 1, 1, 2, 9), ShapeError, "(4 x 11). Kernel size: (5 x 5)"],
    ["sequences of other channels", () => run(new classes.Conv1d(2, 4, 3, { rng, groups: 2 }), 1, 3, 9), ShapeError, "Conv1d.forward: Given groups=2, weight of size [4, 1, 3], expected input[1, 3, 9] to have 2 channels, but got 3 channels"],
    ["one sequence", () => run(new classes.Conv1d(2, 4, 3, { rng }), 2, 9), ShapeError, "Conv1d.forward: x has shape (2, 9), expected (N, C, L); one sample is a batch of one: x.reshape(1, 2, L)"],
    ["transposed, other channels", () => run(new classes.ConvTranspose2d(4, 2, 3, { rng }), 1, 3, 8, 8), ShapeError, "ConvTranspose2d.forward: Given transposed=1, weight of size [4, 2, 3, 3], expected input[1, 3, 8, 8] to have 4 channels, but got 3 channels instead"],
    ["transposed, nothing left", () => run(new classes.ConvTranspose2d(1, 2, 1, { rng, padding: 1 }), 1, 1, 1, 1), ShapeError, "ConvTranspose2d.forward: Given input size per channel: (1 x 1). Calculated output size per channel: (-1 x -1). Output size is too small"],
    ["too much outputPadding", () => new classes.ConvTranspose2d(1, 2, 3, { rng, outputPadding: 1 }), RangeError, "ConvTranspose2d: output padding must be smaller than either stride or dilation, but got outputPadding 1, stride 1, dilation 1"],
    ["channels that groups do not divide", () => new classes.Conv2d(3, 4, 3, { rng, groups: 2 }), RangeError, "Conv2d: in_channels must be divisible by groups: inChannels is 3, groups is 2"],
    ["outputs that groups do not divide", () => new classes.Conv2d(4, 3, 3, { rng, groups: 2 }), RangeError, "Conv2d: out_channels must be divisible by groups: outChannels is 3, groups is 2"],
    ["half a group", () => new classes.Conv2d(4, 4, 3, { rng, groups: 0.5 }), RangeError, "Conv2d: groups is 0.5, expected a whole number >= 1"],
    ["same, with a stride", () => new classes.Conv2d(1, 1, 3, { rng, padding: "same", stride: 2 }), RangeError, "Conv2d: padding='same' is not supported for strided convolutions"],
    ["a padding that is no word", () => new classes.Conv2d(1, 1, 3, { rng, padding: "full" as "same" }), RangeError, 'Conv2d: padding is "full", expected "same", "valid", or a whole number >= 0 or a pair of them'],
    ["padding below 0", () => new classes.Conv2d(1, 1, 3, { rng, padding: -1 }), RangeError, 'Conv2d: padding is -1, expected "same", "valid", or a whole number >= 0 or a pair of them'],
    ["a kernel of nothing", () => new classes.Conv2d(1, 1, [3, 0], { rng }), RangeError, "Conv2d: kernelSize is [3, 0], expected a whole number >= 1 or a pair of them"],
    ["a kernel of three numbers", () => new classes.Conv2d(1, 1, [3, 3, 3] as never, { rng }), TypeError, "Conv2d: kernelSize is [3, 3, 3], expected a whole number >= 1 or a pair of them"],
    ["a stride of 0", () => new classes.Conv2d(1, 1, 1, { rng, stride: 0 }), RangeError, "Conv2d: stride is 0, expected a whole number >= 1 or a pair of them"],
    ["half a stride", () => new classes.Conv1d(1, 1, 1, { rng, stride: 0.5 }), RangeError, "Conv1d: stride is 0.5, expected a whole number >= 1"],
    ["an unknown paddingMode", () => new classes.Conv2d(1, 1, 3, { rng, paddingMode: "mirror" as "reflect" }), RangeError, 'Conv2d: paddingMode is "mirror", expected one of zeros, reflect, replicate, circular'],
    ["mirrored too far", () => run(new classes.Conv2d(1, 4, 3, { rng, padding: 3, paddingMode: "reflect" }), 1, 1, 4, 3), ShapeError, 'Conv2d.forward: Padding size should be less than the corresponding input dimension: padding (3, 3) at dimension 3 of input [1, 1, 4, 3]; "reflect" takes at most 2'],
    ["repeated too far", () => run(new classes.Conv2d(1, 4, 3, { rng, padding: [4, 0], paddingMode: "circular" }), 1, 1, 3, 3), ShapeError, 'Conv2d.forward: Padding value causes wrapping around more than once: padding (4, 4) at dimension 2 of input [1, 1, 3, 3]; "circular" takes at most 3'],
    ["pooling, more padding than half the kernel", () => new classes.MaxPool2d(2, { padding: 2 }), RangeError, "MaxPool2d: pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and dilation=1"],
    ["averages, more padding than half the kernel", () => new classes.AvgPool2d([4, 2], { padding: 2 }), RangeError, "AvgPool2d: pad should be at most half of effective kernel size, but got pad=2, kernel_size=2"],
    ["pooling a small image", () => run(new classes.MaxPool2d(5), 1, 1, 3, 3), ShapeError, "MaxPool2d.forward: Calculated padded input size per channel: (3 x 3). Kernel size: (5 x 5)"],
    ["pooling one image", () => run(new classes.AvgPool2d(2), 3, 4, 4), ShapeError, "AvgPool2d.forward: x has shape (3, 4, 4), expected (N, C, H, W); one image is a batch of one: x.reshape(1, C, H, W)"],
    ["a divisor of 0", () => new classes.AvgPool2d(2, { divisorOverride: 0 }), RangeError, "AvgPool2d: divisorOverride is 0, expected a whole number other than 0"],
    ["an output of nothing", () => new classes.AdaptiveAvgPool2d([2, 0]), RangeError, "AdaptiveAvgPool2d: outputSize is [2, 0], expected a whole number >= 1, or a pair of them; null keeps the image's own"],
    ["adaptive averages of rows", () => run(new classes.AdaptiveAvgPool2d(1), 2, 10), ShapeError, "AdaptiveAvgPool2d.forward: x has shape (2, 10), expected (N, C, H, W)"],
  ];
  describe(`${side.name}, convolution and pooling: mistakes are named`, () => {
    for (const [about, call, kind, text] of table) {
      it(about, () => expect(call).to.throw(kind, text));
    }
  });
}
