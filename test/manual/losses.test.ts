import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";

const x: NDArray = array([[0.25, 0.5], [0.75, 0.125]]); // biome-ignore format: a matrix
const target: NDArray = array([[0, 1], [1, 0]]); // biome-ignore format: a matrix

describe("manual, losses and layers by name", () => {
  for (const Loss of [
    manual.MSELoss,
    manual.BCELoss,
    manual.BCEWithLogitsLoss,
    manual.CrossEntropyLoss,
  ] as const) {
    it(`${Loss.name}: a number as dy with reduction none is refused under the loss's own name`, () => {
      const none = new Loss({ reduction: "none" });
      none.forward(x, target);
      expect(() => none.backward(2)).to.throw(
        TypeError,
        `${Loss.name}.backward: with reduction "none" dy must be an array of the loss's shape, got 2`,
      );
    });
  }
  it("a new layer, and each of its parts, is training, on both sides", () => {
    for (const { MlpClassifier } of [manual, autograd]) {
      const { training, layer1, relu3 } = new MlpClassifier({ rng: random(7) });
      expect([training, layer1.training, relu3.training]).to.deep.equal([true, true, true]);
    }
  });
});
