import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { CrossEntropyLoss, Layer, Linear, MSELoss, ReLU, SGD } from "chalk-and-tape/manual";
import { exp, type NDArray, type Random, zeros } from "chalk-and-tape/np";

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
    for (const wrong of [undefined, null, Linear.prototype, () => null]) {
      expect(() => check("Linear", wrong as never, { quiet: true })).to.throw(TypeError, /the class itself/);
    }
  });
});

describe("compare, what a student reads", () => {
  const read = (name: string, student: Parameters<typeof check>[1]): string =>
    formatReport(check(name, student, { quiet: true, rows: "all" }));

  it("a loss that returns a number, a list of gradients, a Tensor: what it is and what to return", () => {
    class Item extends MSELoss {
      override forward(x: NDArray, target: NDArray): NDArray {
        return super.forward(x, target).mean().item() as never;
      }
    }
    expect(read("MSELoss", Item)).to.match(
      /TypeError: Item\.forward\(…\) is [\d.]+, expected an NDArray: return an NDArray/,
    );
    class List extends FromTheDocumentation {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dWeight = this.dWeight?.toArray() as never;
        return dx;
      }
    }
    expect(read("Linear", List)).to.contain(
      "backward: the gradient of weight is a list of 3, expected an NDArray",
    );
    class OnTape extends ReLU {
      override forward(x: NDArray): NDArray {
        return tensor(super.forward(x)) as never;
      }
    }
    expect(read("ReLU", OnTape)).to.contain(
      "is a float64 Tensor of shape (4, 5), expected an NDArray: chalk computes with NDArrays",
    );
  });

  it("a class that extends nothing, and parameters that are replaced instead of left alone: what to do", () => {
    class Alone {
      forward(x: NDArray): NDArray {
        return x;
      }
    }
    expect(read("Linear", Alone as never)).to.contain(
      "Alone has no backward; a layer has forward(x), which returns y, and backward(dy), which returns dx",
    );
    class Stepping extends Linear {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.weight = this.weight.sub(dy.T.matmul(dx.matmul(this.weight.T)).matmul(this.weight).mul(0.1));
        return dx;
      }
    }
    expect(read("Linear", Stepping)).to.contain("replaced the array of weight");
    class Replacing extends SGD {
      override step(): void {
        for (const p of this.parameters) Object.assign(p, { value: p.value.sub(1) });
      }
    }
    expect(read("SGD", Replacing)).to.contain("step must change the arrays in place");
  });

  it("shows where an error in backward was thrown", () => {
    class Transposed extends FromTheDocumentation {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy).matmul(this.weight);
      }
    }
    expect(read("Linear", Transposed)).to.match(
      /ShapeError: matmul: .*\(in \w+\.backward, student\.test\.\w+:\d+\)/,
    );
  });

  it("dW in the other orientation, db not summed: the shape, and what the numbers are", () => {
    class Orientation extends FromTheDocumentation {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dWeight = (this.dWeight as NDArray).T;
        this.dBias = this.bias && dy;
        return dx;
      }
    }
    const text = read("Linear", Orientation);
    expect(text)
      .to.contain("has shape (5, 3), expected (3, 5)")
      .and.to.contain("dWeight is the transpose of the right one");
    expect(text).to.contain("forward broadcast bias along axis 0, so backward sums over it: .sum(0)");
  });

  it("softmax without the one-hot: the rule for softmax and cross-entropy together", () => {
    class OnlySoftmax extends CrossEntropyLoss {
      #p: NDArray | null = null;
      override forward(x: NDArray, target: NDArray): NDArray {
        this.#p = exp(x).div(exp(x).sum(1, true));
        return super.forward(x, target);
      }
      override backward(): NDArray {
        return this.#p as NDArray;
      }
    }
    expect(read("CrossEntropyLoss", OnlySoftmax)).to.contain("dx = (softmax(x) − one-hot(target)) · dy");
  });

  it("a loss that needs a dy, or has another default than 1, cannot train: the report says so", () => {
    class NoDefault extends MSELoss {
      override backward(dy?: NDArray | number): NDArray {
        return super.backward((dy as NDArray).mul(1));
      }
    }
    class DefaultTwo extends MSELoss {
      override backward(dy?: NDArray | number): NDArray {
        return super.backward(dy ?? 2);
      }
    }
    for (const wrong of [NoDefault, DefaultTwo]) {
      const { rows } = check("MSELoss", wrong, { quiet: true });
      const failed = rows.filter(({ verdict }) => verdict !== "agree").map(({ quantity }) => quantity);
      expect(new Set(failed)).to.deep.equal(new Set(["backward() is backward(1)"]));
      expect(formatReport(check("MSELoss", wrong, { quiet: true }))).to.contain(
        "backward(dy: NDArray | number = 1)",
      );
    }
  });

  it("a softmax that overflows: says so, and what to subtract", () => {
    class Naive extends CrossEntropyLoss {
      override forward(x: NDArray, target: NDArray): NDArray {
        const e = exp(x);
        const p = e.div(e.sum(-1, true));
        return super.forward(x, target).add(p.sum().mul(0)); // NaN where exp(x) is infinite
      }
    }
    const text = read("CrossEntropyLoss", Naive);
    expect(text).to.contain(
      "forward gives NaN or infinity in 1 of 1 elements, where the tape gives finite numbers",
    );
    expect(text).to.contain("subtract the row's largest logit before exp");
    expect(text).to.match(/\b2 of \d+ checks failed/); // large logits, and logits far apart
  });
});
