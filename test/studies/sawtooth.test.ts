import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { linspace } from "chalk-and-tape/np";
import { sawtoothByHand, sawtoothWave } from "chalk-and-tape/studies";

describe("the sawtooth by hand", () => {
  it("is the sawtooth itself, to the last bit, for 1 to 8 teeth", () => {
    const x = linspace(0, 1, 257).reshape(257, 1);
    for (const layers of [1, 2, 3, 4]) {
      const y = sawtoothByHand(layers).forward(tensor(x)).data;
      expect(y.tolist()).to.deep.equal(sawtoothWave(x, 2 ** (layers - 1)).tolist());
    }
  });
});
