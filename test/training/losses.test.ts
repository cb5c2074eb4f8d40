import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import { type Case, cases } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random, ShapeError, zeros } from "chalk-and-tape/np";
import { drawInputs, firstDifference } from "#internal/compare";
import { sides } from "./both-sides.ts";

const logits: NDArray = array([[2, 1, 0.1], [0.5, 2.5, 0.3], [1, 1, 1]]); // biome-ignore format: a matrix
const int = (values: number[] | number[][]): NDArray => array(values, { dtype: "int32" });
const [labels, weight] = [int([0, 1, 2]), array([1, 2, 3])];
const probabilities: NDArray = array([[0.7, 0.2, 0.1], [0, 1, 0], [0.3, 0.3, 0.4]]); // biome-ignore format: a matrix
const oneHot: NDArray = array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // biome-ignore format: a matrix

/** CrossEntropyLoss of PyTorch 2.13. */
const golden: readonly [what: string, options: object, target: NDArray, value: number][] = [
  ["labels", {}, labels, 0.5785639426554937],
  ["labelSmoothing 0.1", { labelSmoothing: 0.1 }, labels, 0.6574528315443826],
  ["weight, divided by the sum of weight[target]", { weight }, labels, 0.6921609880538732],
  ["an ignored row", {}, int([0, -100, 2]), 0.7578211524729717],
  ["weight and labelSmoothing", { weight, labelSmoothing: 0.1 }, labels, 0.7713568390695908],
  ["probabilities", {}, probabilities, 0.7085639426554938],
  ["probabilities and weight, divided by N", { weight }, probabilities, 1.4336756250110245],
];

for (const side of sides) {
  const { classes } = side;
  const on = (x: NDArray): never => (side.name === "tape" ? new Tensor(x, true) : x) as never;
  const ce = (options: object, target: NDArray, x: NDArray = logits, dy: NDArray | number = -0.75) =>
    side.lossPass(new classes.CrossEntropyLoss(options), x, target, dy);

  describe(`${side.name}, losses: PyTorch's numbers and rules`, () => {
    for (const [what, options, target, value] of golden)
      it(`CrossEntropyLoss, ${what}: ${value}`, () =>
        expect(ce(options, target).y.item()).to.be.closeTo(value, 1e-14));

    it("one-hot floats are equal to labels without weights to the last bit, and differ with them by design", () => {
      expect(ce({}, oneHot).y.item()).to.equal(ce({}, labels).y.item());
      expect(ce({}, oneHot).dx.toArray()).to.deep.equal(ce({}, labels).dx.toArray());
      const ratio = ce({ weight }, oneHot).y.item() / ce({ weight }, labels).y.item();
      expect(ratio).to.be.closeTo(2, 1e-14); // Σ weight[target] / N = 6 / 3
    });
    it("all rows ignored: the mean is NaN and passes 0, the sum is 0", () => {
      const none = int([-100, -100, -100]);
      for (const options of [{}, { weight }, { labelSmoothing: 0.1 }]) {
        const { y, dx } = ce(options, none);
        expect(y.item()).to.be.NaN;
        expect(dx.add(0).toArray()).to.deep.equal(zeros([3, 3]).toArray());
      }
      expect(ce({ reduction: "sum" }, none).y.item()).to.equal(0);
      const { y, dx } = side.lossPass(new classes.NLLLoss(), logits, none, 1);
      expect([y.item(), ...dx.add(0).flat()]).to.deep.equal([Number.NaN, ...zeros([9]).flat()]);
    });
    it("a logit of −Infinity, a class that cannot be, costs the other classes nothing", () => {
      const { y, dx } = ce({}, int([0]), array([[1, Number.NEGATIVE_INFINITY, 1]]), 1);
      expect(y.item()).to.be.closeTo(Math.LN2, 1e-15);
      const [own, never, other] = dx.add(0).flat();
      expect([own, other?.toFixed(15), never]).to.deep.equal([-0.5, "0.500000000000000", 0]);
    });
    it("logits around 1e5, far apart, neither overflow nor become NaN, with all options at once", () => {
      const x = logits.mul(1e5).add(1e5);
      const { y, dx } = ce({ weight, labelSmoothing: 0.1 }, labels, x);
      expect([...y.flat(), ...dx.flat()].every(Number.isFinite)).to.equal(true);
    });
    it("ignoreIndex may be a class, and is refused with probabilities", () => {
      expect(ce({ ignoreIndex: 1 }, labels).y.item()).to.be.closeTo(0.7578211524729717, 1e-14);
      expect(() => ce({ ignoreIndex: 1 }, probabilities)).to.throw(
        RangeError,
        "CrossEntropyLoss.forward: ignore_index is not supported for floating point target",
      );
      expect(ce({ ignoreIndex: -1 }, probabilities).y.item()).to.be.closeTo(0.7085639426554938, 1e-14);
      expect(() => ce({ ignoreIndex: -1 }, int([0, -100, 2]))).to.throw(
        RangeError,
        "Target -100 is out of bounds.",
      );
    });
    it("options outside their range are refused where they are given", () => {
      const make =
        (name: keyof typeof classes, options: object): (() => unknown) =>
        () =>
          new (classes[name] as unknown as new (options: object) => unknown)(options);
      const refused: readonly [keyof typeof classes, object, string][] = [
        ["CrossEntropyLoss", { labelSmoothing: 1.5 }, "labelSmoothing is 1.5, expected a number in 0 … 1"],
        ["CrossEntropyLoss", { labelSmoothing: Number.NaN }, "labelSmoothing is NaN"],
        ["NLLLoss", { ignoreIndex: 0.5 }, "ignoreIndex is 0.5, expected a whole number"],
        ["SmoothL1Loss", { beta: -1 }, "beta is -1, expected a number >= 0"],
        ["HuberLoss", { delta: 0 }, "delta is 0, expected a number > 0"],
        ["HuberLoss", { delta: Number.NaN }, "delta is NaN"],
        ["MultiMarginLoss", { p: 3 }, "p is 3, expected 1 or 2: only p == 1 and p == 2 supported"],
        ["MultiMarginLoss", { margin: Number.NaN }, "margin is NaN, expected a finite number"],
        ["HingeEmbeddingLoss", { margin: Number.POSITIVE_INFINITY }, "margin is Infinity"],
        ["CosineEmbeddingLoss", { margin: 1.5 }, "margin is 1.5, expected a number in -1 … 1: a cosine"],
        [
          "KLDivLoss",
          { reduction: "batch" },
          'reduction is "batch", expected one of mean, batchmean, sum, none',
        ],
        ["L1Loss", { reduction: "batchmean" }, 'reduction is "batchmean", expected one of mean, sum, none'],
      ];
      for (const [name, options, says] of refused)
        expect(make(name, options), name).to.throw(RangeError, `${name}: ${says}`);
      for (const name of [
        "CrossEntropyLoss",
        "NLLLoss",
        "MultiMarginLoss",
        "BCELoss",
        "BCEWithLogitsLoss",
      ] as const)
        expect(make(name, { weight: [1, 2, 3] }), name).to.throw(
          TypeError,
          `${name}: weight is [1, 2, 3], expected an NDArray, or null; np.array(list) makes one from a list`,
        );
      expect(make("BCEWithLogitsLoss", { posWeight: 2 })).to.throw(
        TypeError,
        "posWeight is 2, expected an NDArray",
      );
    });
    it("weights of another shape than the classes', or that do not broadcast", () => {
      for (const name of ["CrossEntropyLoss", "NLLLoss", "MultiMarginLoss"] as const)
        expect(() => new classes[name]({ weight: array([1, 2]) }).forward(on(logits), labels), name).to.throw(
          ShapeError,
          `${name}.forward: weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [2]`,
        );
      const half = zeros([4, 3]).add(0.5);
      for (const name of ["BCELoss", "BCEWithLogitsLoss"] as const)
        for (const shape of [[4], [2, 4, 3]])
          expect(() => new classes[name]({ weight: zeros(shape) }).forward(on(half), half), name).to.throw(
            ShapeError,
            `${name}.forward: weight has shape (${shape.join(", ")}${shape.length === 1 ? "," : ""}), which does not broadcast`,
          );
    });
    it("a weight is a buffer under PyTorch's key, none is no key", () => {
      const keys = (loss: object): string[] => Object.keys((loss as { stateDict(): object }).stateDict());
      expect(keys(new classes.CrossEntropyLoss({ weight }))).to.deep.equal(["weight"]);
      expect(keys(new classes.CrossEntropyLoss())).to.deep.equal([]);
    });
    it("targets of the other losses: class indices, signs, what has a logarithm", () => {
      const run =
        (loss: { forward(x: never, target: NDArray): unknown }, x: NDArray, target: NDArray) => () =>
          loss.forward(on(x), target);
      expect(run(new classes.NLLLoss(), logits, probabilities)).to.throw(
        ShapeError,
        "NLLLoss.forward: target has shape (3, 3), expected (3,) class indices",
      );
      expect(run(new classes.NLLLoss(), logits, int([0, 1, 3]))).to.throw(
        RangeError,
        "Target 3 is out of bounds.",
      );
      expect(run(new classes.MultiMarginLoss(), logits, int([0, -100, 1]))).to.throw(
        RangeError,
        "MultiMarginLoss.forward: Target -100 is out of bounds.",
      );
      expect(run(new classes.MultiMarginLoss(), logits, int([0, 1]))).to.throw(
        ShapeError,
        "MultiMarginLoss.forward: Expected input batch_size (3) to match target batch_size (2).",
      );
      expect(run(new classes.HingeEmbeddingLoss(), array([1, 2]), int([1, 0]))).to.throw(
        RangeError,
        "HingeEmbeddingLoss.forward: target holds 0 (element 1), expected 1 for alike or -1 for different; for labels 0 and 1, pass target.mul(2).sub(1)",
      );
      expect(run(new classes.KLDivLoss(), array([[-1, -1]]), array([[0.5, -0.5]]))).to.throw(
        RangeError,
        "pass logTarget: true",
      );
      const cosine = new classes.CosineEmbeddingLoss();
      expect(() => cosine.forward(on(logits), on(zeros([3, 2])), labels)).to.throw(
        ShapeError,
        "CosineEmbeddingLoss.forward: x2 has shape (3, 2), expected (3, 3)",
      );
      expect(() => cosine.forward(on(logits), on(logits), int([1, 1]))).to.throw(
        ShapeError,
        "CosineEmbeddingLoss.forward: target has shape (2,), expected (3,)",
      );
    });
    it("a pixel's index is named by its place", () =>
      expect(() =>
        ce(
          {},
          int([
            [0, 1],
            [1, 3],
          ]),
          zeros([2, 3, 2]),
        ),
      ).to.throw(
        // biome-ignore format: a matrix
        RangeError,
        "Target 3 is out of bounds. target[1, 1] is 3; with 3 scores per row, classes are 0 … 2",
      ));
    it("KL(t ‖ t) is 0, and batchmean is the divergence, with targets of 0 too", () => {
      const t = array([[0.5, 0.25, 0.25], [1, 0, 0]]); // biome-ignore format: a matrix
      const x = array([[0.2, 0.3, 0.5], [0.5, 0.25, 0.25]]); // biome-ignore format: a matrix
      const log = (p: NDArray): NDArray => array(p.flat().map(Math.log)).reshape(p.shape);
      const kl = (given: NDArray): number =>
        side.lossPass(new classes.KLDivLoss({ reduction: "batchmean" }), given, t, 1).y.item();
      const first = 0.5 * Math.log(0.5 / 0.2) + 0.25 * Math.log(0.25 / 0.3) + 0.25 * Math.log(0.25 / 0.5);
      expect(kl(log(x))).to.be.closeTo((first + Math.log(2)) / 2, 1e-15);
    });
    it("float32 stays float32: y and dx of every loss, weights in float64 or not", () => {
      const single = (values: number[][]): NDArray => array(values, { dtype: "float32" });
      const x = single([[0.2, 0.5, 0.3], [0.9, 0.4, 0.6]]); // biome-ignore format: a matrix
      const [t, signs, w] = [x.mul(0.5), single([[1, -1, 1], [-1, 1, -1]]), array([1, 2, 3])]; // biome-ignore format: a matrix
      const losses: readonly [object, NDArray][] = [
        [new classes.L1Loss(), t],
        [new classes.SmoothL1Loss(), t],
        [new classes.HuberLoss(), t],
        [new classes.BCELoss({ weight: w }), t],
        [new classes.BCEWithLogitsLoss({ weight: w, posWeight: w }), t],
        [new classes.CrossEntropyLoss({ weight: w, labelSmoothing: 0.1 }), int([0, 2])],
        [new classes.NLLLoss({ weight: w }), int([0, 2])],
        [new classes.KLDivLoss(), t],
        [new classes.MultiMarginLoss({ weight: w, p: 2 }), int([0, 2])],
        [new classes.HingeEmbeddingLoss(), signs],
      ];
      for (const [loss, target] of losses) {
        const { y, dx } = side.lossPass(loss, x, target, 1);
        expect([y.dtype, dx.dtype], loss.constructor.name).to.deep.equal(["float32", "float32"]);
      }
    });
  });
}

describe("losses of two inputs in chalk", () => {
  it("a number as dy with reduction none is refused under the loss's own name, by every loss", () => {
    const x = array([[0.25, 0.5], [0.75, 0.125]]); // biome-ignore format: a matrix
    const signs = array([[1, -1], [-1, 1]]); // biome-ignore format: a matrix
    const none = { reduction: "none" } as const;
    const losses = [
      [new manual.L1Loss(none), x],
      [new manual.SmoothL1Loss(none), x],
      [new manual.HuberLoss(none), x],
      [new manual.KLDivLoss(none), x],
      [new manual.NLLLoss(none), int([0, 1])],
      [new manual.MultiMarginLoss(none), int([0, 1])],
      [new manual.HingeEmbeddingLoss(none), signs],
    ] as const;
    for (const [loss, target] of losses) {
      loss.forward(x, target);
      expect(() => loss.backward(2), loss.constructor.name).to.throw(
        TypeError,
        `${loss.constructor.name}.backward: with reduction "none" dy must be an array of the loss's shape, got 2`,
      );
    }
  });
  it("a cosine's gradients lie across their own rows: ⟨dx1, x1⟩ = ⟨dx2, x2⟩ = 0, since no length matters", () => {
    const rng = random(2);
    const [a, b] = [rng.normal(0, 3, [5, 4]), rng.normal(0, 3, [5, 4])];
    const loss = new manual.CosineEmbeddingLoss({ reduction: "none", margin: -1 });
    loss.forward(a, b, array([1, -1, 1, -1, 1]));
    const [dx1, dx2] = loss.backward(rng.normal(0, 1, [5]));
    for (const [dx, x] of [[dx1, a], [dx2, b]] as const) // biome-ignore format: two pairs
      for (const product of dx.mul(x).sum(1).flat()) expect(product).to.be.closeTo(0, 1e-12);
  });
  it("names the part where the two sides first differ for the second input as well", () => {
    const row = cases.find(({ name, what }) => name === "Bilinear" && what === "3 and 2 → 4") as Case;
    class Doubled extends manual.Bilinear {
      override backward(dy: NDArray): [NDArray, NDArray] {
        const [dx1, dx2] = super.backward(dy);
        return [dx1, dx2.mul(2)];
      }
    }
    const [left, right, rng] = [row.manual(random(0), Doubled), row.autograd(random(0)), random(1)];
    const inputs = [...drawInputs(row.inputs, rng).values()] as [NDArray, ...NDArray[]];
    const found = firstDifference({ left, right, inputs, dy: rng.normal(0, 1, [5, 4]), differentiable: 2 });
    expect(found?.quantities).to.deep.equal(["x2"]);
    expect(found?.text).to.contain("dx2 is the right one times 2");
    expect(found?.diagnosis?.cause).to.equal("factor 2");
  });
});

describe("Bilinear", () => {
  it("starts within 1 / √in1Features, weight and bias, whatever in2Features", () => {
    for (const { classes } of sides) {
      const layer = new classes.Bilinear(16, 50, 40, { rng: random(1) });
      const [w, b] = Object.values(layer.stateDict()) as [NDArray, NDArray];
      expect([w.shape, b.shape]).to.deep.equal([[40, 16, 50], [40]]);
      expect(Math.max(...w.flat())).to.be.within(0.249, 0.25);
      expect(Math.max(...b.flat())).to.be.within(0.2, 0.25);
    }
  });
  it("names what does not fit", () => {
    for (const { name, classes } of sides) {
      const layer = new classes.Bilinear(2, 3, 4, { rng: random(1) });
      const on = (x: NDArray): never => (name === "tape" ? new Tensor(x) : x) as never;
      expect(() => layer.forward(on(zeros([5, 3])), on(zeros([5, 3])))).to.throw(
        ShapeError,
        "Bilinear.forward: x1 has shape (5, 3), expected (N, 2)",
      );
      expect(() => layer.forward(on(zeros([5, 2])), on(zeros([4, 3])))).to.throw(
        ShapeError,
        "Bilinear.forward: x2 has shape (4, 3), expected (5, 3)",
      );
      expect(() => new classes.Bilinear(0, 3, 4, { rng: random(1) })).to.throw(
        RangeError,
        "Bilinear: in1Features is 0",
      );
    }
  });
});
