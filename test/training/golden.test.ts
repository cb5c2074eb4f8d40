import { expect } from "chai";
import { array, type NDArray } from "chalk-and-tape/np";
import { sides } from "./both-sides.ts";

const logits: NDArray = array([[2, 1, 0.1], [0.5, 2.5, 0.3], [1, 1, 1]]); // biome-ignore format: a matrix
const labels: NDArray = array([0, 1, 2], { dtype: "int32" });
const probabilities: NDArray = array([[0.7, 0.2, 0.1], [0, 1, 0], [0.3, 0.3, 0.4]]); // biome-ignore format: a matrix
const oneHot: NDArray = array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // biome-ignore format: a matrix

/** p₀ = 1, loss p²: where p stands after each of three steps. */
const steps: readonly [what: string, name: "SGD" | "Adam", options: object, wanted: readonly number[]][] = [
  ["SGD", "SGD", { lr: 0.1 }, [0.8, 0.64, 0.512]],
  ["SGD, momentum 0.9", "SGD", { lr: 0.1, momentum: 0.9 }, [0.8, 0.46, 0.062]],
  ["SGD, Nesterov", "SGD", { lr: 0.1, momentum: 0.9, nesterov: true }, [0.62, 0.2224, -0.108352]],
  [
    "SGD, dampening 0.5: the first step is not damped",
    "SGD",
    { lr: 0.1, momentum: 0.9, dampening: 0.5 },
    [0.8, 0.54, 0.252],
  ],
  ["Adam", "Adam", { lr: 0.1 }, [0.9000000005, 0.8004122287, 0.7015862729]],
  [
    "Adam, weightDecay 0.1",
    "Adam",
    { lr: 0.1, weightDecay: 0.1 },
    [0.9000000005, 0.8004122286, 0.7015862729],
  ],
];

describe("both sides, numbers known from PyTorch 2.13", () => {
  for (const side of sides) {
    const ce = (target: NDArray, reduction: "mean" | "sum" | "none" = "mean"): number[] => {
      const dy = reduction === "none" ? array([1, 1, 1]) : 1;
      return [
        ...side.lossPass(new side.classes.CrossEntropyLoss({ reduction }), logits, target, dy).y.flat(),
      ];
    };
    it(`${side.name}: CrossEntropyLoss of labels is 0.5785639426554937, of probabilities 0.7085639426554938`, () => {
      expect(ce(labels)[0]).to.be.closeTo(0.5785639426554937, 1e-14);
      expect(ce(probabilities)[0]).to.be.closeTo(0.7085639426554938, 1e-14);
    });
    it(`${side.name}: its sum is three times its mean, its rows add up to the sum, one-hot floats equal labels`, () => {
      for (const target of [labels, probabilities]) {
        const rows = ce(target, "none");
        expect(rows.length).to.equal(3);
        expect(ce(target, "sum")[0]).to.be.closeTo(
          rows.reduce((a, b) => a + b),
          1e-14,
        );
        expect(ce(target, "sum")[0]).to.be.closeTo(3 * (ce(target)[0] as number), 1e-14);
      }
      expect(ce(oneHot, "none")).to.deep.equal(ce(labels, "none"));
    });
    for (const [what, name, options, wanted] of steps) {
      it(`${side.name}: ${what}: ${wanted.join(", ")}`, () => {
        const path = side.optimize(name, options, [array([1])], 3, (_step, _k, p) => p.mul(2));
        for (const [i, value] of wanted.entries()) expect(path[i]?.[0]).to.be.closeTo(value, 1e-10);
      });
    }
    it(`${side.name}: optimizers refuse values outside their range, and Nesterov without momentum`, () => {
      const make = (name: "SGD" | "Adam", options: object) => () =>
        side.optimize(name, options, [array([1])], 1, (_s, _k, p) => p);
      expect(make("SGD", { lr: -1 })).to.throw(RangeError, "SGD: lr is -1, expected a number >= 0");
      expect(make("SGD", { lr: Number.NaN })).to.throw(RangeError, "SGD: lr is NaN");
      expect(make("SGD", { momentum: -0.1 })).to.throw(RangeError, /SGD: momentum/);
      expect(make("SGD", { weightDecay: -0.1 })).to.throw(RangeError, /SGD: weightDecay/);
      expect(make("SGD", { nesterov: true })).to.throw(
        RangeError,
        "Nesterov momentum requires a momentum and zero dampening",
      );
      expect(make("SGD", { nesterov: true, momentum: 0.9, dampening: 0.1 })).to.throw(RangeError, /Nesterov/);
      expect(make("Adam", { betas: [1, 0.9] })).to.throw(
        RangeError,
        "Adam: betas[0] is 1, expected 0 <= beta < 1",
      );
      expect(make("Adam", { betas: [0.9, -1] })).to.throw(RangeError, "Adam: betas[1]");
      expect(make("Adam", { eps: -1 })).to.throw(RangeError, /Adam: eps/);
      expect(() => side.optimize("SGD", {}, [], 1, (_s, _k, p) => p)).to.throw(
        RangeError,
        "SGD: no parameters given; pass model.parameters()",
      );
    });
  }
});
