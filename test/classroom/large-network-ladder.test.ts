import { expect } from "chai";
import { sanityLadder } from "chalk-and-tape/classroom";
import { digits } from "chalk-and-tape/datasets";
import { Mlp } from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";

describe("sanityLadder of a network with 218,058 parameters", () => {
  it("crosses no kinks of ReLU: the gradient check of a right network passes", async () => {
    const { x, y } = digits({ n: 100, seed: 1 });
    for (const seed of [1, 2, 3]) {
      const model = new Mlp({ rng: random(seed) });
      const { rungs } = await sanityLadder(model, { x: x.div(255), y }, { steps: 1 });
      const rung = rungs.find(({ name }) => name === "gradient check");
      expect(rung?.passed, rung?.seen).to.equal(true);
    }
  });
});
