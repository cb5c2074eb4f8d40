import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import * as fused from "#internal/np";
import { sources } from "./source.ts";
import { convolutions, libraryCalls, ofTheTape } from "./textbook.ts";

describe("chalk is the textbook", () => {
  it("no file of manual/ names a function that belongs to the tape", () => {
    expect(sources("manual").flatMap(libraryCalls).join("\n")).to.equal("");
  });
  it("every name on the list is a function of np", () => {
    for (const name of [...ofTheTape, ...convolutions])
      expect({ ...np, ...fused }, name).to.have.property(name);
  });
});

describe("the textbook test itself", () => {
  const relu = `
import { maximum, type NDArray, where } from "../../np/index.ts";
export class ReLU extends Layer {
  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    return maximum(x, 0);
  }
  backward(dy: NDArray): NDArray {
    return where(this.#x.lessEqual(0), 0, dy); // shape of x
  }
  #step(x: NDArray): NDArray {
    return x;
  }
}
export function byLoops(x: NDArray): NDArray {
  return x;
}`;
  const changed = (from: string, to: string): string[] => {
    expect(relu).to.include(from);
    return libraryCalls({ path: "manual/activations/relu.ts", text: relu.replace(from, to) });
  };

  it("passes the textbook's lines, words in comments, and a convolution beside the layers", () => {
    expect(changed("maximum(x, 0)", "maximum(x, 0)")).to.deep.equal([]);
    expect(changed("backward needs it", "not wherePositive, not conv2d")).to.deep.equal([]);
    expect(changed("NDArray {\n  return x", "NDArray {\n  return conv2d(x)")).to.deep.equal([]);
    expect(changed("{ maximum", "{ conv2d, maximum")).to.deep.equal([]);
    expect(changed("export class ReLU", "export class Conv2d")).to.deep.equal([]);
  });

  for (const name of ofTheTape) {
    it(`catches ${name}, wherever it is called`, () => {
      expect(changed("maximum(x, 0)", `${name}(x, 0)`)).to.have.length(1);
      expect(changed("where(this", `${name}(this`)).to.have.length(1);
      expect(changed("NDArray {\n  return x", `NDArray {\n  return ${name}(x)`)).to.have.length(1);
    });
  }
  for (const name of convolutions) {
    it(`catches ${name} in forward, in backward, and in what they call`, () => {
      expect(changed("maximum(x, 0)", `${name}(x, 0)`)).to.have.length(1);
      expect(changed("where(this", `${name}(this`)).to.have.length(1);
      expect(changed("    return x;", `    return ${name}(x);`)).to.have.length(1);
      expect(
        changed(
          "function byLoops(x: NDArray): NDArray {\n  return x",
          `function backward(x: NDArray): NDArray {\n  return ${name}(x)`,
        ),
      ).to.have.length(1);
    });
  }
  it("catches other spellings", () => {
    expect(changed("{ maximum", "{ wherePositive as masked, maximum")).to.have.length(1);
    expect(changed("{ maximum", "{ conv2d as slide, maximum")).to.have.length(1);
    expect(changed("maximum(x, 0)", "np.wherePositive(x, dy)")).to.have.length(1);
    expect(changed("maximum(x, 0)", 'np["wherePositive"](x, dy)')).to.have.length(1);
    expect(changed("maximum(x, 0)", 'x.apply("addmm", x, x, x)')).to.have.length(1);
    expect(changed("maximum(x, 0)", 'x.apply("conv2d", x, x)')).to.have.length(1);
  });
});
