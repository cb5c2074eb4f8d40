import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import type { Reduction } from "chalk-and-tape/contracts";
import { array, type DType, type NDArray, oneHot, ones, random, ShapeError, zeros } from "chalk-and-tape/np";
import { sides } from "../training/both-sides.ts";

const int = (values: number[] | number[][]): NDArray => array(values, { dtype: "int32" });

for (const side of sides) {
  const { classes } = side;
  const given = (x: NDArray): never => (side.name === "tape" ? new Tensor(x, true) : x) as never;
  const cross =
    (target: NDArray, logits: NDArray = ones([3, 4])) =>
    () =>
      new classes.CrossEntropyLoss().forward(given(logits), target);

  describe(`${side.name}, mistakes are named`, () => {
    it("Linear: the lengths that do not fit, and the axes that are missing", () => {
      const linear = new classes.Linear(5, 2, { rng: random(1) });
      const run = (x: NDArray) => () => linear.forward(given(x));
      expect(run(zeros([4, 6]))).to.throw(
        ShapeError,
        /^Linear\.forward: x has shape \(4, 6\), expected \(N, 5\)$/,
      );
      expect(run(zeros([2, 5, 1]))).to.throw(
        ShapeError,
        /^Linear\.forward: x has shape \(2, 5, 1\), expected \(N, 5\); flatten it first: x\.reshape\(2, 5\), or a Flatten layer$/,
      );
      for (const shape of [[6], []])
        expect(run(zeros(shape))).to.throw(
          ShapeError,
          /^Linear\.forward: x has shape .*, expected \(N, 5\)$/,
        );
      expect(run(zeros([2, 3, 6]))).to.throw(
        ShapeError,
        "Linear.forward: x has shape (2, 3, 6), expected (…, 5)",
      );
    });
    it("Linear, Bilinear and convolutions of integers, with the line that converts pixels", () => {
      const [linear, bilinear] = [
        new classes.Linear(2, 3, { rng: random(1) }),
        new classes.Bilinear(2, 3, 1, { rng: random(1) }),
      ];
      const integers = (shape: number[], dtype: DType = "uint8"): never => {
        const x = zeros(shape, { dtype });
        return (side.name === "tape" ? new Tensor(x) : x) as never;
      };
      const remedy = 'x is uint8; convert pixels first: x.astype("float32").div(255)';
      expect(() => linear.forward(integers([4, 2]))).to.throw(TypeError, `Linear.forward: ${remedy}`);
      expect(() => linear.forward(integers([4, 2], "int32"))).to.throw(
        TypeError,
        'Linear.forward: x is int32, expected floats: x.astype("float32")',
      );
      expect(() => bilinear.forward(integers([4, 2]), given(zeros([4, 3])))).to.throw(
        TypeError,
        "Bilinear.forward: x1 is uint8; convert pixels first",
      );
      expect(() => bilinear.forward(given(zeros([4, 2])), integers([4, 3], "int32"))).to.throw(
        TypeError,
        "Bilinear.forward: x2 is int32, expected floats",
      );
      for (const name of ["Conv2d", "ConvTranspose2d"] as const) {
        const layer = new classes[name](1, 2, 2, { rng: random(1) });
        expect(() => layer.forward(integers([1, 1, 3, 3]))).to.throw(TypeError, `${name}.forward: ${remedy}`);
      }
      const conv = new classes.Conv1d(1, 2, 2, { rng: random(1) });
      expect(() => conv.forward(integers([1, 1, 3]))).to.throw(TypeError, `Conv1d.forward: ${remedy}`);
    });
    it("CrossEntropyLoss: one-hot integers, the lecture's Beware, with both remedies", () => {
      const labels = int([0, 3, 1]);
      expect(cross(oneHot(labels, 4))).to.throw(
        TypeError,
        'CrossEntropyLoss.forward: target is one-hot (int32, shape (3, 4)). Beware: pass the class indices themselves, shape (3,): target.argmax(1). Probabilities must be float: target.astype("float64")',
      );
      expect(cross(oneHot(labels, 4).argmax(1))().item()).to.equal(cross(labels)().item());
      expect(cross(oneHot(labels, 4).astype("float64"))().item()).to.equal(cross(labels)().item());
    });
    it("CrossEntropyLoss: a column of labels", () => {
      expect(cross(int([[0], [1], [2]]))).to.throw(
        ShapeError,
        "CrossEntropyLoss.forward: target has shape (3, 1), expected (3,): class indices have no second axis; target.reshape(-1) drops it",
      );
      expect(cross(array([[0], [1], [2]]))).to.throw(ShapeError, "target.reshape(-1)");
    });
    it("CrossEntropyLoss: fractional labels, classes out of range, each with its row", () => {
      expect(cross(array([0, 1.5, 2]))).to.throw(
        TypeError,
        "CrossEntropyLoss.forward: expected target dtype to be Long or Byte, but got Double: target[1] is 1.5; class indices are whole numbers",
      );
      expect(cross(array([0, 1, Number.NaN]))).to.throw(TypeError, "target[2] is NaN");
      expect(cross(int([0, 1, 4]))).to.throw(
        RangeError,
        "CrossEntropyLoss.forward: Target 4 is out of bounds. target[2] is 4; with 4 scores per row, classes are 0 … 3",
      );
      expect(cross(int([-1, 1, 3]))).to.throw(RangeError, "target[0] is -1");
    });
    it("CrossEntropyLoss: other numbers of rows or classes, NaN among probabilities, logits without classes", () => {
      expect(cross(int([0, 1]))).to.throw(
        ShapeError,
        "CrossEntropyLoss.forward: Expected input batch_size (3) to match target batch_size (2). The target has shape (2,), but there are 3 rows of scores: one target per row is needed",
      );
      expect(cross(ones([3, 5]))).to.throw(ShapeError, "expected (3,) class indices or (3, 4) probabilities");
      const broken = ones([3, 4]).mul(array([0.25, 0.25, Number.NaN, 0.5]));
      expect(cross(broken)).to.throw(RangeError, "CrossEntropyLoss.forward: target holds NaN or Infinity");
      expect(cross(int([0]), ones([]))).to.throw(
        ShapeError,
        "CrossEntropyLoss.forward: logits has shape (), expected (N, C)",
      );
      expect(cross(int([0]), ones([4]))).to.throw(
        ShapeError,
        "CrossEntropyLoss.forward: target has shape (1,), expected () class indices or (4,) probabilities; scores of shape (4,) are those of one sample",
      );
    });
    it("class indices may be float64 or uint8, if they are whole", () => {
      const value = cross(int([0, 3, 1]))().item();
      for (const dtype of ["float64", "float32", "uint8"] as const)
        expect(cross(array([0, 3, 1], { dtype }))().item()).to.equal(value);
    });
    it("MSELoss, BCELoss, BCEWithLogitsLoss: (N,) against (N, 1) is never broadcast, and the remedy is named", () => {
      for (const name of ["MSELoss", "BCELoss", "BCEWithLogitsLoss"] as const) {
        const loss = new classes[name]();
        const half = (shape: number[]): NDArray => zeros(shape).add(0.5);
        expect(() => loss.forward(given(half([3, 1])), half([3])), name).to.throw(
          ShapeError,
          `${name}.forward: target has shape (3,), input (3, 1); they must be equal; target.reshape(-1, 1) makes it a column`,
        );
        expect(() => loss.forward(given(half([3])), half([3, 1])), name).to.throw(
          ShapeError,
          `${name}.forward: target has shape (3, 1), input (3,); they must be equal`,
        );
        expect(() => loss.forward(given(half([2, 3])), half([3])), name).to.throw(
          ShapeError,
          "they must be equal",
        );
      }
    });
    it("BCELoss takes probabilities only: logits, NaN and targets beyond 0 … 1 are refused", () => {
      const loss = new classes.BCELoss();
      const run = (x: number[], t: number[]) => () => loss.forward(given(array(x)), array(t));
      expect(run([0.5, 1.2], [0, 1])).to.throw(
        RangeError,
        "BCELoss.forward: x holds 1.2 (element 1), expected probabilities in 0 … 1",
      );
      expect(run([-0.1], [0])).to.throw(RangeError, "x holds -0.1");
      expect(run([Number.NaN], [0])).to.throw(RangeError, "x holds NaN");
      expect(run([0.5], [2])).to.throw(RangeError, "BCELoss.forward: target holds 2 (element 0)");
      expect(() => new classes.BCEWithLogitsLoss().forward(given(array([3])), array([-1]))).to.throw(
        RangeError,
        "BCEWithLogitsLoss.forward: target holds -1",
      );
    });
    it("BCEWithLogitsLoss neither overflows nor loses a tail: logits of ±800", () => {
      const loss = new classes.BCEWithLogitsLoss({ reduction: "none" });
      const y = loss.forward(given(array([800, -800, 800, -800, -40])), array([1, 0, 0, 1, 0]));
      expect(y.toArray()).to.deep.equal([0, 0, 800, 800, Math.exp(-40)]);
    });
    it("CrossEntropyLoss neither overflows nor loses a tail: logits of 1000", () => {
      const { y, dx } = side.lossPass(new classes.CrossEntropyLoss({ reduction: "none" }), array([[1000, 0], [0, 1000]]), int([0, 0]), ones([2])); // biome-ignore format: a matrix
      expect(y.add(0).toArray(), "-0 + 0 = 0").to.deep.equal([0, 1000]);
      expect(dx.toArray()).to.deep.equal([[0, 0], [-1, 1]]); // biome-ignore format: a matrix
    });
    it("a reduction that does not exist", () => {
      for (const name of ["MSELoss", "BCELoss", "BCEWithLogitsLoss", "CrossEntropyLoss"] as const) {
        const typo = { reduction: "avg" as Reduction };
        expect(() => new classes[name](typo), name).to.throw(
          RangeError,
          `${name}: reduction is "avg", expected one of mean, sum, none`,
        );
      }
    });
  });
}
