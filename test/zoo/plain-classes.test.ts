import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { array, maximum, type NDArray } from "chalk-and-tape/np";
import { CrossEntropy, Linear, ReLU } from "./plain-classes.ts";

type Student = Parameters<typeof check>[1];

/** Classes that extend nothing, each with an ordinary mistake, and what the report says. */
const mistakes: readonly (readonly [what: string, name: string, student: Student, says: RegExp])[] = [
  [
    "dW is never assigned",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        this.db = dy.sum(0);
        return dy.matmul(this.W.T);
      }
    },
    /backward assigns no gradient of your W \(5, 3\), which looks like our weight: put it into dW/,
  ],
  [
    "db is not summed",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.db = dy;
        return dx;
      }
    },
    /backward sums over it: \.sum\(0\)/,
  ],
  [
    "dW is divided by N",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dW = this.dW.div(dy.shape[0] as number);
        return dx;
      }
    },
    /dW is the right one divided by 4 = N/,
  ],
  [
    "dx without the transpose",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        return dy.matmul(this.W);
      }
    },
    /ShapeError: matmul: \(4, 3\) and \(5, 3\)/,
  ],
  [
    "no dx",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        return undefined as never;
      }
    },
    /backward returned no dx; its shape is \(4, 5\)/,
  ],
  [
    "forward forgets b",
    "Linear",
    class extends Linear {
      override forward(x: NDArray): NDArray {
        this.x = x;
        return x.matmul(this.W);
      }
    },
    /your forward gives the same y when b changes in place.* it does not use b, or keeps a copy/,
  ],
  [
    "gradients are added up",
    "Linear",
    class extends Linear {
      override backward(dy: NDArray): NDArray {
        const before: NDArray | undefined = this.dW;
        const dx = super.backward(dy);
        if (before) this.dW = this.dW.add(before);
        return dx;
      }
    },
    /dW is the sum over this backward and an earlier one/,
  ],
  [
    "parameters are private",
    "Linear",
    class {
      #linear = new Linear(5, 3);
      forward(x: NDArray): NDArray {
        return this.#linear.forward(x);
      }
      backward(dy: NDArray): NDArray {
        return this.#linear.backward(dy);
      }
    },
    /your parameters are none; .* a #private field cannot be seen/,
  ],
  [
    "parameters are nested lists",
    "Linear",
    class {
      W = [[1, 2, 3]];
      dW: unknown = null;
      forward(x: NDArray): NDArray {
        return x.slice(null, [0, 1]).matmul(array(this.W));
      }
      backward(dy: NDArray): NDArray {
        return dy.matmul(array(this.W).T);
      }
    },
    /your parameters are none; .* a parameter is an NDArray in a field W/,
  ],
  [
    "the mask of dy",
    "ReLU",
    class extends ReLU {
      override backward(dy: NDArray): NDArray {
        return maximum(dy, 0);
      }
    },
    /use the mask of forward's input/,
  ],
  [
    "1/N is forgotten",
    "CrossEntropyLoss",
    class extends CrossEntropy {
      override backward(): NDArray {
        return this.p.sub(this.hot);
      }
    },
    /dx is the right one times 5 = N/,
  ],
  [
    "the one-hot is forgotten",
    "CrossEntropyLoss",
    class extends CrossEntropy {
      override backward(): NDArray {
        return this.p.div(this.p.shape[0] as number);
      }
    },
    /dx = \(softmax\(x\) − one-hot\(target\)\)/,
  ],
  [
    "the sum, forwards and backwards",
    "CrossEntropyLoss",
    class extends CrossEntropy {
      override forward(x: NDArray, target: NDArray): NDArray {
        return super.forward(x, target).mul(5);
      }
      override backward(): NDArray {
        return super.backward().mul(5);
      }
    },
    /y is the right one times 5 = N(.|\n)*Your backward is right for this forward: look at forward only/,
  ],
];

describe("ordinary mistakes in classes that extend nothing", function () {
  this.timeout(60_000);

  for (const [what, name, student, says] of mistakes) {
    it(`${name}: ${what}`, () => {
      for (let seed = 0; seed < 8; seed++) {
        const report = check(name, student, { quiet: true, seed });
        const wrong = report.rows.filter(({ verdict }) => verdict !== "agree");
        expect(wrong.map(({ diagnosis }) => diagnosis).join("\n"), formatReport(report)).to.match(says);
      }
    });
  }

  it("pass without them", () => {
    for (const [name, student] of [
      ["Linear", Linear],
      ["ReLU", ReLU],
      ["CrossEntropyLoss", CrossEntropy],
    ] as const)
      expect(check(name, student, { quiet: true }).failed).to.equal(0);
  });

  it("a name that is not in the catalogue, the class itself: what to write", () => {
    expect(() => check("linear", Linear)).to.throw(
      RangeError,
      /^unknown name "linear"\. Did you mean "Linear"\?/,
    );
    expect(() => check("Scale", Linear)).to.throw(RangeError, "check(() => new Linear(…))");
    expect(() => check(Linear as never)).to.throw(TypeError, "write check(() => new Linear(…))");
  });
});
