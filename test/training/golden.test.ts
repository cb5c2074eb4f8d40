import { expect } from "chai";
import { array, type NDArray } from "chalk-and-tape/np";
import { sides } from "./both-sides.ts";

const logits: NDArray = array([[2, 1, 0.1], [0.5, 2.5, 0.3], [1, 1, 1]]); // biome-ignore format: a matrix
const labels: NDArray = array([0, 1, 2], { dtype: "int32" });
const probabilities: NDArray = array([[0.7, 0.2, 0.1], [0, 1, 0], [0.3, 0.3, 0.4]]); // biome-ignore format: a matrix
const oneHot: NDArray = array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // biome-ignore format: a matrix

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
  }
});
