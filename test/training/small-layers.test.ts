import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import { array, full, type NDArray, ones, type Random, random, ShapeError } from "chalk-and-tape/np";
import { sides } from "./both-sides.ts";

interface Layer {
  readonly rng: Random;
  train(mode?: boolean): this;
  eval(): this;
  stateDict(): object;
}

for (const side of sides) {
  const { classes } = side;
  const run = (layer: unknown, x: NDArray): NDArray =>
    side.name === "tape"
      ? (layer as { forward(x: Tensor): Tensor }).forward(new Tensor(x)).data
      : (layer as { forward(x: NDArray): NDArray }).forward(x);
  const made = (p: number, seed = 1): Layer =>
    new classes.Dropout(p, { rng: random(seed) }) as unknown as Layer;
  const values = (x: NDArray): number[] => [...new Set(x.flat())].sort((a, b) => a - b);

  describe(`${side.name}, Dropout`, () => {
    it("p 0.25: kept values are scaled by 4/3, so that the mean stays; a quarter is dropped", () => {
      const y = run(made(0.25), ones([100, 100]));
      expect(values(y)).to.deep.equal([0, 1 / 0.75]);
      const dropped = y.equal(0).astype("float64").mean().item();
      expect(dropped).to.be.closeTo(0.25, 4 * Math.sqrt((0.25 * 0.75) / 10_000));
      expect(y.mean().item()).to.be.closeTo(1, 0.03);
    });
    it("a new mask in every forward, the same ones from the same seed, other ones for the layer made next", () => {
      const x = ones([4, 8]);
      const [a, b] = [made(0.5), made(0.5)];
      const first = run(a, x).toArray();
      expect(run(b, x).toArray()).to.deep.equal(first);
      expect(run(a, x).toArray()).to.not.deep.equal(first);
      const rng = random(1);
      const [c, d] = [new classes.Dropout(0.5, { rng }), new classes.Dropout(0.5, { rng })];
      expect(run(c, x).toArray()).to.deep.equal(first);
      expect(run(d, x).toArray()).to.not.deep.equal(first);
    });
    it("draws from a stream of its own: what is drawn later from `rng` changes no mask", () => {
      const rng = random(1);
      const layer = new classes.Dropout(0.5, { rng });
      rng.normal(0, 1, [100]);
      expect(run(layer, ones([4, 8])).toArray()).to.deep.equal(run(made(0.5), ones([4, 8])).toArray());
    });
    it("p 0 keeps all, p 1 nothing, without NaN; in evaluation y = x and nothing is drawn", () => {
      const x = random(2).normal(0, 1, [3, 4]);
      expect(run(made(0), x).toArray()).to.deep.equal(x.toArray());
      expect(values(run(made(1), x)).map(Math.abs)).to.deep.equal([0]);
      const layer = made(0.5).eval();
      const before = layer.rng.state;
      expect(run(layer, x).toArray()).to.deep.equal(x.toArray());
      expect(layer.rng.state).to.deep.equal(before);
      expect(
        run(layer.train(), ones([9, 9]))
          .min()
          .item(),
      ).to.equal(0);
    });
    it("keeps float32, has no state, and refuses p outside 0 … 1", () => {
      expect(run(made(0.5), ones([3], { dtype: "float32" })).dtype).to.equal("float32");
      expect(made(0.5).stateDict()).to.deep.equal({});
      for (const p of [-0.1, 1.1, Number.NaN])
        expect(() => made(p)).to.throw(
          RangeError,
          `Dropout: p is ${p}, expected a number in 0 … 1: dropout probability has to be between 0 and 1`,
        );
      expect(() => new classes.Dropout2d(2, { rng: random(1) })).to.throw(
        RangeError,
        /^Dropout2d: p is 2, expected a number in 0 … 1/,
      );
      expect((new classes.Dropout(undefined, { rng: random(1) }) as unknown as { p: number }).p).to.equal(
        0.5,
      );
    });
    it("Dropout2d drops whole channels of single samples", () => {
      const y = run(new classes.Dropout2d(0.5, { rng: random(3) }), full([8, 8, 3, 2], 1));
      const perChannel = y.reshape(64, 6);
      expect(values(perChannel.sub(perChannel.slice(null, [0, 1])))).to.deep.equal([0]);
      expect(values(y)).to.deep.equal([0, 2]);
      expect(() => run(new classes.Dropout2d(0.5, { rng: random(3) }), ones([2, 3]))).to.throw(
        ShapeError,
        "Dropout2d.forward: x has shape (2, 3), expected (N, C, H, W)",
      );
    });
  });

  describe(`${side.name}, Embedding`, () => {
    const indices = array([[1, 0], [2, 1]], { dtype: "int32" }); // biome-ignore format: a matrix
    const table = (options: object = {}): never =>
      new classes.Embedding(3, 4, { rng: random(5), ...options }) as never;
    const weightOf = (layer: { stateDict(): Record<string, NDArray> }): NDArray =>
      layer.stateDict().weight as NDArray;
    it("takes rows, of uint8 indices too; the start is N(0, 1), the padding row 0", () => {
      const layer = table();
      const rows = weightOf(layer).toArray() as number[][];
      expect(run(layer, indices).toArray()).to.deep.equal([
        [rows[1], rows[0]],
        [rows[2], rows[1]],
      ]);
      expect(run(layer, indices.astype("uint8")).shape).to.deep.equal([2, 2, 4]);
      const big = weightOf(new classes.Embedding(400, 50, { rng: random(5), dtype: "float32" }));
      expect(big.dtype).to.equal("float32");
      expect(big.mean().item()).to.be.closeTo(0, 0.03);
      expect(big.mul(big).mean().item()).to.be.closeTo(1, 0.04);
      const padded = weightOf(table({ paddingIdx: -1 })).toArray() as number[][];
      expect(padded[2]).to.deep.equal([0, 0, 0, 0]);
      expect(padded.slice(0, 2)).to.deep.equal(rows.slice(0, 2));
    });
    it("refuses floats, rows that are not there, and a padding row outside", () => {
      expect(() => run(table(), array([0.5, 1]))).to.throw(
        TypeError,
        'indices are integers: x.astype("int32")',
      );
      expect(() => run(table(), array([0, 3], { dtype: "int32" }))).to.throw(
        RangeError,
        "Embedding.forward: index out of range: x holds 3 (element 1); with 3 embeddings, indices are 0 … 2",
      );
      expect(() => run(table(), array([-1], { dtype: "int32" }))).to.throw(RangeError, /x holds -1/);
      expect(() => table({ paddingIdx: 3 })).to.throw(
        RangeError,
        "Padding_idx must be within num_embeddings",
      );
      expect(() => new classes.Embedding(0, 2, { rng: random(1) })).to.throw(
        RangeError,
        "Embedding: numEmbeddings is 0",
      );
    });
  });

  describe(`${side.name}, LayerNorm, GroupNorm and Flatten`, () => {
    it("every sample, and every group of it, comes out with mean 0 and mean square var / (var + eps)", () => {
      const x = random(6).normal(3, 2, [4, 6]);
      for (const [layer, groups] of [
        [new classes.LayerNorm(6), 1],
        [new classes.GroupNorm(2, 6), 2],
      ] as const) {
        const y = run(layer, x).reshape(4 * groups, -1);
        for (const mean of y.mean(1).flat()) expect(mean).to.be.closeTo(0, 1e-14);
        for (const square of y.mul(y).mean(1).flat()) expect(square).to.be.closeTo(1, 1e-4);
      }
    });
    it("the same in evaluation, and a single sample or vector is welcome", () => {
      const layer = new classes.LayerNorm([3]);
      const x = random(6).normal(0, 1, [3]);
      expect(run(layer.eval(), x).toArray()).to.deep.equal(run(layer.train(), x).toArray());
      expect(Object.keys(layer.stateDict())).to.deep.equal(["weight", "bias"]);
      expect(Object.keys(new classes.LayerNorm(3, { bias: false }).stateDict())).to.deep.equal(["weight"]);
      expect(Object.keys(new classes.LayerNorm(3, { elementwiseAffine: false }).stateDict())).to.deep.equal(
        [],
      );
    });
    it("say what fits and what does not", () => {
      const x = random(6).normal(0, 1, [2, 6]);
      expect(() => run(new classes.LayerNorm([2, 5]), x)).to.throw(
        ShapeError,
        "LayerNorm.forward: Given normalized_shape=[2, 5], x has shape (2, 6), expected (…, 2, 5)",
      );
      expect(() => new classes.LayerNorm([])).to.throw(
        RangeError,
        "LayerNorm: normalizedShape is [], expected a whole number >= 1, or a list of them",
      );
      expect(() => new classes.LayerNorm(3, { eps: -1 })).to.throw(RangeError, "LayerNorm: eps is -1");
      expect(() => new classes.GroupNorm(4, 6)).to.throw(
        RangeError,
        "num_channels must be divisible by num_groups",
      );
      expect(() => run(new classes.GroupNorm(2, 4), x)).to.throw(
        ShapeError,
        "GroupNorm.forward: x has shape (2, 6), expected (N, 4, …)",
      );
      expect(() => run(new classes.GroupNorm(6, 6), x.slice([0, 1]))).to.throw(
        ShapeError,
        /more than 1 value per channel/,
      );
      expect(run(new classes.Flatten(), random(1).normal(0, 1, [2, 3, 4])).shape).to.deep.equal([2, 12]);
      expect(
        run(new classes.Flatten({ startDim: 0, endDim: 1 }), random(1).normal(0, 1, [2, 3, 4])).shape,
      ).to.deep.equal([6, 4]);
      expect(() => run(new classes.Flatten({ startDim: 1, endDim: 0 }), x)).to.throw(
        RangeError,
        "start_dim cannot come after end_dim",
      );
      expect(() => run(new classes.Flatten({ startDim: 2 }), x)).to.throw(
        RangeError,
        "Dimension out of range: startDim is 2",
      );
    });
  });
}
