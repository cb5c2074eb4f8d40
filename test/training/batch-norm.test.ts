import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import type { StateDict } from "chalk-and-tape/contracts";
import { array, type NDArray, random, ShapeError } from "chalk-and-tape/np";
import { type Side, sides } from "./both-sides.ts";

/** What the tests do with a batch normalisation of either side. */
interface Normalization {
  train(mode?: boolean): this;
  eval(): this;
  parameters(): readonly unknown[];
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
}

const column: NDArray = array([[1], [2], [4]]);
const near = (x: NDArray | undefined, wanted: readonly number[]): void => {
  const values = [...(x as NDArray).flat()];
  expect(values.length).to.equal(wanted.length);
  for (const [i, value] of wanted.entries()) expect(values[i]).to.be.closeTo(value, 1e-9);
};

for (const side of sides) {
  const { classes } = side;
  const run = (layer: unknown, x: NDArray): NDArray =>
    side.name === "tape"
      ? (layer as { forward(x: Tensor): Tensor }).forward(new Tensor(x)).data
      : (layer as { forward(x: NDArray): NDArray }).forward(x);
  const one = (options: object = {}): Normalization =>
    new classes.BatchNorm1d(1, options) as unknown as Normalization;

  describe(`${side.name}, BatchNorm`, () => {
    it("x = [1, 2, 4]: y by the biased variance, running_var by the unbiased one, as PyTorch 2.13 has them", () => {
      const layer = one();
      near(run(layer, column), [-1.0690415315, -0.2672603829, 1.3363019143]);
      const state = layer.stateDict();
      expect(Object.keys(state)).to.deep.equal([
        "weight",
        "bias",
        "running_mean",
        "running_var",
        "num_batches_tracked",
      ]);
      near(state.running_mean, [0.2333333333]);
      near(state.running_var, [1.1333333333]);
      const count = state.num_batches_tracked as NDArray;
      expect([count.item(), count.dtype, count.shape]).to.deep.equal([1, "int32", []]);
    });
    it("statistics are state and no parameters, and are in float32 where the layer is", () => {
      const layer = one({ dtype: "float32" });
      expect(layer.parameters().length).to.equal(2);
      run(layer, column.astype("float32"));
      const { running_mean, running_var } = layer.stateDict();
      expect([running_mean?.dtype, running_var?.dtype]).to.deep.equal(["float32", "float32"]);
    });
    it("eval() uses the running statistics and leaves them; train() goes on", () => {
      const layer = one().eval();
      near(
        run(layer, column),
        [1, 2, 4].map((x) => x / Math.sqrt(1 + 1e-5)),
      );
      near(layer.stateDict().running_mean, [0]);
      run(layer.train(), column);
      near(layer.stateDict().running_mean, [0.2333333333]);
      near(
        run(layer.eval(), column),
        [1, 2, 4].map((x) => (x - 7 / 30) / Math.sqrt(17 / 15 + 1e-5)),
      );
      expect(layer.stateDict().num_batches_tracked?.item()).to.equal(1);
    });
    it("momentum null is the average over all batches, momentum 1 the last batch", () => {
      const [all, last] = [one({ momentum: null }), one({ momentum: 1 })];
      for (const layer of [all, last]) for (const x of [column, column.mul(2)]) run(layer, x);
      near(all.stateDict().running_mean, [(7 / 3 + 14 / 3) / 2]);
      near(all.stateDict().running_var, [(7 / 3 + 28 / 3) / 2]);
      near(last.stateDict().running_mean, [14 / 3]);
      near(last.stateDict().running_var, [28 / 3]);
    });
    it("without trackRunningStats there is no state, and evaluation uses its own batch", () => {
      const layer = one({ trackRunningStats: false }).eval();
      near(run(layer, column), [-1.0690415315, -0.2672603829, 1.3363019143]);
      expect(Object.keys(layer.stateDict())).to.deep.equal(["weight", "bias"]);
      expect(Object.keys(one({ affine: false }).stateDict())).to.deep.equal([
        "running_mean",
        "running_var",
        "num_batches_tracked",
      ]);
    });
    it("statistics are replaced and not changed: who holds the old ones keeps them; loadStateDict copies into the arrays", () => {
      const [layer, other] = [one(), one()];
      const before = layer.stateDict();
      run(layer, column);
      near(before.running_mean, [0]);
      other.loadStateDict(layer.stateDict());
      run(layer, column);
      near(other.stateDict().running_mean, [0.2333333333]);
      expect(other.stateDict().num_batches_tracked?.item()).to.equal(1);
      expect(() => other.loadStateDict(one({ trackRunningStats: false }).stateDict())).to.throw(
        RangeError,
        "running_mean is missing; running_var is missing; num_batches_tracked is missing",
      );
    });
    it("one value per channel is refused in training with PyTorch's words, and welcome in evaluation", () => {
      expect(() => run(one(), array([[3]]))).to.throw(
        ShapeError,
        "BatchNorm1d.forward: Expected more than 1 value per channel when training, got input size (1, 1); use larger batches",
      );
      expect(() => run(one({ trackRunningStats: false }).eval(), array([[3]]))).to.throw(
        ShapeError,
        /more than 1/,
      );
      near(run(one().eval(), array([[3]])), [3 / Math.sqrt(1 + 1e-5)]);
      const images = new classes.BatchNorm2d(1);
      expect(() => run(images, random(1).normal(0, 1, [1, 1, 1, 1]))).to.throw(
        ShapeError,
        /BatchNorm2d.*size \(1, 1, 1, 1\)/,
      );
      expect(run(images, random(1).normal(0, 1, [1, 1, 2, 1])).shape).to.deep.equal([1, 1, 2, 1]);
    });
    it("other shapes and numbers out of range are refused", () => {
      expect(() => run(new classes.BatchNorm1d(3), random(1).normal(0, 1, [4, 2]))).to.throw(
        ShapeError,
        "BatchNorm1d.forward: x has shape (4, 2), expected (N, 3); or (N, 3, L)",
      );
      expect(() => run(new classes.BatchNorm1d(3), random(1).normal(0, 1, [4, 3, 2, 2]))).to.throw(
        ShapeError,
      );
      expect(() => run(new classes.BatchNorm2d(3), random(1).normal(0, 1, [4, 3, 2]))).to.throw(
        ShapeError,
        "BatchNorm2d.forward: x has shape (4, 3, 2), expected (N, 3, H, W)",
      );
      expect(() => one({ eps: 0 })).to.throw(RangeError, "batch_norm eps must be positive");
      expect(() => one({ momentum: 1.5 })).to.throw(
        RangeError,
        "BatchNorm1d: momentum is 1.5, expected a number in 0 … 1, or null: the average over all batches",
      );
      expect(() => new classes.BatchNorm2d(0)).to.throw(RangeError, "BatchNorm2d: numFeatures is 0");
    });
  });

  describe(`${side.name}, Residual`, () => {
    const linear = (inFeatures: number, outFeatures: number): never =>
      new classes.Linear(inFeatures, outFeatures, { rng: random(1) }) as never;
    it("y = main(x) + x, and its keys are main.… and shortcut.…", () => {
      const x = random(2).normal(0, 1, [4, 3]);
      const block = new classes.Residual(linear(3, 3));
      const main = run(linear(3, 3), x);
      expect(run(block, x).toArray()).to.deep.equal(main.add(x).toArray());
      const both = new classes.Residual(linear(3, 2), linear(3, 2));
      expect(Object.keys(both.stateDict())).to.deep.equal([
        "main.weight",
        "main.bias",
        "shortcut.weight",
        "shortcut.bias",
      ]);
    });
    it("branches of different shapes are refused, where broadcasting would add them", () => {
      const block = new classes.Residual(linear(3, 1));
      expect(() => run(block, random(2).normal(0, 1, [4, 3]))).to.throw(
        ShapeError,
        "Residual.forward: main gives shape (4, 1), the shortcut (4, 3)",
      );
    });
    if (side.name === "chalk")
      it("one layer as both branches is refused: it remembers one forward only", () => {
        const same = linear(3, 3);
        expect(() => new classes.Residual(same, same)).to.throw(
          TypeError,
          "shortcut and main are the same Linear",
        );
      });
  });
}

/** Keys of a network whose fields have names of several words. */
function keysOf({ classes }: Side): string[] {
  const model = new classes.Sequential(new classes.Linear(1, 1, { rng: random(1) }) as never);
  return Object.keys(
    Object.assign(model, {
      firstBlock: model.layers[0],
      layers: [],
      conv2Norm: new classes.BatchNorm2d(1),
    }).stateDict(),
  );
}

describe("state dict keys", () => {
  for (const side of sides)
    it(`${side.name}: a field of several words has PyTorch's key, parts and lists too`, () => {
      expect(keysOf(side)).to.deep.equal([
        "first_block.weight",
        "first_block.bias",
        "conv2_norm.weight",
        "conv2_norm.bias",
        "conv2_norm.running_mean",
        "conv2_norm.running_var",
        "conv2_norm.num_batches_tracked",
      ]);
    });
});
