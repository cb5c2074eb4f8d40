import { expect } from "chai";
import { gradcheck as loud } from "chalk-and-tape/gradcheck";
import { Layer, Linear, MSELoss, ReLU, Sequential } from "chalk-and-tape/manual";
import { array, exp, log, maximum, type NDArray, oneHot, random, zeros } from "chalk-and-tape/np";
import { gradcheck } from "./quiet.ts";

const rng = random(5);
const x = rng.normal(0, 1, [4, 3]);

/** Own names, no base class, and fields that look like a parameter with its gradient. */
class Affine {
  W: NDArray = rng.normal(0, 1, [3, 2]);
  b: NDArray = rng.normal(0, 1, [2]);
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  dX: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this.dW = (this.x as NDArray).T.matmul(dy);
    this.db = dy.sum(0);
    this.dX = dy.matmul(this.W.T);
    return this.dX;
  }
}

/** Parameters and gradients in two dictionaries, as in CS231n. */
class Dictionaries {
  params: Record<string, NDArray> = { W: rng.normal(0, 1, [3, 2]), b: rng.normal(0, 1, [2]) };
  grads: Record<string, NDArray> = {};
  cache: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.cache = x;
    return x.matmul(this.params.W as NDArray).add(this.params.b as NDArray);
  }
  backward(dy: NDArray): NDArray {
    this.grads = { W: (this.cache as NDArray).T.matmul(dy), b: dy.sum(0) };
    return dy.matmul((this.params.W as NDArray).T);
  }
}

/** Weights in lists, and made in the first forward. */
class Deep extends Layer {
  weights: NDArray[] = [];
  dWeights: NDArray[] = [];
  #inputs: NDArray[] = [];
  forward(x: NDArray): NDArray {
    if (this.weights.length === 0)
      this.weights = [x.shape[1] as number, 4].map((n, i) => rng.normal(0, 1, [n, i === 0 ? 4 : 2]));
    this.#inputs = [x];
    for (const w of this.weights) this.#inputs.push((this.#inputs.at(-1) as NDArray).matmul(w));
    return this.#inputs.at(-1) as NDArray;
  }
  backward(dy: NDArray): NDArray {
    let d = dy;
    for (let i = this.weights.length - 1; i >= 0; i--) {
      this.dWeights[i] = (this.#inputs[i] as NDArray).T.matmul(d);
      d = d.matmul((this.weights[i] as NDArray).T);
    }
    return d;
  }
}

/** A loss of class indices, which returns dx alone. */
class CrossEntropy {
  #p: NDArray = zeros([1]);
  #t: NDArray = zeros([1]);
  forward(logits: NDArray, target: NDArray): NDArray {
    const shifted = logits.sub(logits.max(1, true));
    this.#p = exp(shifted).div(exp(shifted).sum(1, true));
    this.#t = oneHot(target, logits.shape[1] as number);
    return log(this.#p).mul(this.#t).sum(1).mean().neg();
  }
  backward(dy: NDArray): NDArray {
    return this.#p
      .sub(this.#t)
      .mul(dy)
      .div(this.#p.shape[0] as number);
  }
}

/** A network of parts in a Map and in an object literal. */
class Parts {
  parts: Map<string, Affine | Linear> = new Map([["first", new Affine()]]);
  more = { relu: new ReLU(), last: new Linear(2, 2, { rng }) };
  forward(x: NDArray): NDArray {
    const h = (this.parts.get("first") as Affine).forward(x);
    return this.more.last.forward(this.more.relu.forward(h));
  }
  backward(dy: NDArray): NDArray {
    return (this.parts.get("first") as Affine).backward(this.more.relu.backward(this.more.last.backward(dy)));
  }
}

const gradients = (layer: object, inputs: readonly NDArray[] = [x]): Record<string, string> =>
  Object.fromEntries(
    gradcheck(layer as Linear, inputs).rows.map(({ quantity, verdict }) => [quantity, verdict]),
  );
const properties = { "inputs unchanged": "agree", repeatable: "agree", "linear in dy": "agree" };

describe("gradcheck of a layer, without knowing its class", () => {
  it("finds the arrays with a gradient beside them, whatever their names; what forward remembers is none", () => {
    expect(gradients(new Affine())).to.deep.equal({ W: "agree", b: "agree", x: "agree", ...properties });
    const used = new Affine();
    used.backward(used.forward(x)); // this.x and this.dX exist now
    expect(gradients(used)).to.deep.equal({ W: "agree", b: "agree", x: "agree", ...properties });
  });
  it("finds dictionaries, lists, weights made in the first forward, and parts in Maps and literals", () => {
    expect(gradients(new Dictionaries())).to.include({ "params.W": "agree", "params.b": "agree" });
    class InASet {
      layers = new Set([new Affine()]);
      numbered = new Map([[0, new Affine()]]);
      forward(x: NDArray): NDArray {
        return [...this.layers, ...this.numbered.values()]
          .map((layer) => layer.forward(x))
          .reduce((a, b) => a.add(b));
      }
      backward(dy: NDArray): NDArray {
        return [...this.layers, ...this.numbered.values()]
          .map((layer) => layer.backward(dy))
          .reduce((a, b) => a.add(b));
      }
    }
    expect(gradients(new InASet())).to.include({ "layers.0.W": "agree", "numbered.0.b": "agree" });
    expect(gradients(new Deep())).to.include({ "weights.0": "agree", "weights.1": "agree", x: "agree" });
    expect(gradients(new Parts())).to.include({
      "parts.first.W": "agree",
      "parts.first.b": "agree",
      "more.last.weight": "agree",
    });
    const network = new Sequential(new Linear(3, 4, { rng }), new ReLU(), new Linear(4, 2, { rng }));
    expect(gradients(network)).to.include({ "0.weight": "agree", "2.bias": "agree", x: "agree" });
  });
  it("checks a loss: integer targets are constants, and so are targets without a gradient", () => {
    const target = array([0, 2, 1, 2], { dtype: "int32" });
    expect(gradients(new CrossEntropy(), [x, target])).to.deep.equal({ x: "agree", ...properties });
    expect(gradients(new MSELoss(), [x, rng.normal(0, 1, [4, 3])])).to.deep.equal({
      x: "agree",
      ...properties,
    });
  });
  it("fails for a gradient that is wrong, missing, or not returned, by the name of its field", () => {
    const spoiled = (spoil: (layer: Affine, dx: NDArray) => NDArray | null): Affine => {
      class Spoiled extends Affine {
        override backward(dy: NDArray): NDArray {
          return spoil(this, super.backward(dy)) as NDArray;
        }
      }
      return new Spoiled();
    };
    const wrong = spoiled((layer, dx) => {
      layer.dW = (layer.dW as NDArray).mul(1.001);
      return dx;
    });
    const missing = spoiled((layer, dx) => {
      layer.db = null;
      return dx;
    });
    expect(gradients(wrong)).to.include({ W: "disagree", b: "agree", x: "agree" });
    expect(gradients(missing)).to.include({ W: "agree", b: "vacuous", x: "agree" });
    expect(gradients(spoiled(() => null))).to.include({ W: "agree", b: "agree", x: "vacuous" });
  });
  it("an array that forward or backward replaces is no parameter that an optimizer could change: it says so", () => {
    class Stepping extends Affine {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.W = this.W.sub(this.dW as NDArray);
        return dx;
      }
    }
    expect(() => gradcheck(new Stepping(), [x])).to.throw(
      TypeError,
      "replaced the array of W; leave parameters alone",
    );
  });
  it("prints the class as the title", () => {
    const lines: string[] = [];
    const { log: print } = console;
    console.log = (line: string) => lines.push(line);
    try {
      loud(new Affine(), [x]);
    } finally {
      console.log = print;
    }
    expect(lines.join("\n")).to.match(/^✓ Affine {2}\(W, b, x; largest relative error/);
  });
  it("a backward that returns the mask, bytes that no dy has scaled, is refused with both reasons", () => {
    class Masked {
      #x: NDArray = zeros([1]);
      forward(x: NDArray): NDArray {
        this.#x = x;
        return maximum(x, 0);
      }
      backward(_dy: NDArray): NDArray {
        return this.#x.greater(0);
      }
    }
    const { rows } = gradcheck(new Masked(), [array([2, 1, -1])]);
    const said = rows.flatMap((row) => ("diagnosis" in row ? [row.diagnosis] : [])).join("\n");
    expect(said).to.include("is uint8, expected float64").and.include("is dy ignored");
  });
  it("a kink of a layer is seen as one of a function", () => {
    class Rectified {
      #x: NDArray = zeros([1]);
      forward(x: NDArray): NDArray {
        this.#x = x;
        return maximum(x, 0);
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.#x.greater(0));
      }
    }
    expect(gradcheck(new Rectified(), [array([0, 1, -1])])).to.include({ failed: 0, kinks: 1 });
  });
});
