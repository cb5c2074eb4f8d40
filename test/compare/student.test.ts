import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { Layer, Linear } from "chalk-and-tape/manual";
import { type NDArray, type Random, zeros } from "chalk-and-tape/np";

/** Linear as a student writes it from the documentation alone: U(−1/√D, 1/√D), which rounds otherwise than ours. */
class FromTheDocumentation extends Layer {
  weight: NDArray;
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  #x: NDArray = zeros([1]);

  constructor(inputs: number, outputs: number, { rng, bias = true }: { rng: Random; bias?: boolean }) {
    super();
    const k = 1 / Math.sqrt(inputs);
    this.weight = rng.uniform(-k, k, [outputs, inputs]);
    this.bias = bias ? rng.uniform(-k, k, [outputs]) : null;
  }
  forward(x: NDArray): NDArray {
    this.#x = x;
    const y = x.matmul(this.weight.T);
    return this.bias ? y.add(this.bias) : y;
  }
  backward(dy: NDArray): NDArray {
    this.dWeight = dy.T.matmul(this.#x);
    this.dBias = this.bias && dy.sum(0);
    return dy.matmul(this.weight);
  }
}

describe("compare, a student's own class", () => {
  it("passes when written from the documentation, though its start differs in the last bit", () => {
    const { rows, failed } = check("Linear", FromTheDocumentation, { quiet: true });
    expect(rows.filter((row) => row.verdict !== "agree")).to.deep.equal([]);
    expect(failed).to.equal(0);
  });

  it("must be the class: a misspelt import, which is undefined, is no class that passes", () => {
    for (const wrong of [undefined, null, Linear.prototype]) {
      expect(() => check("Linear", wrong as never, { quiet: true })).to.throw(TypeError, /the class itself/);
    }
  });
});
