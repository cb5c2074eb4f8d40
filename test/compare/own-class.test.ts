import { inspect } from "node:util";
import { expect } from "chai";
import * as tape from "chalk-and-tape/autograd";
import { check, expectedValues } from "chalk-and-tape/compare";
import { checkAgainst, formatReport, gradcheck } from "chalk-and-tape/gradcheck";
import { Embedding, ReLU } from "chalk-and-tape/manual";
import { array, exp, log, maximum, NDArray, random, sqrt, zeros } from "chalk-and-tape/np";

const quiet = { quiet: true } as const;

/** Linear without our base class: own names, (in, out) weights, and fields that look like a parameter with its gradient. */
class MyLinear {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray = zeros([1]);
  dX: NDArray | null = null;
  constructor(inputs: number, outputs: number) {
    this.W = random(5).normal(0, 1, [inputs, outputs]);
    this.b = zeros([outputs]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this.dW = this.x.T.matmul(dy);
    this.db = dy.sum(0);
    this.dX = dy.matmul(this.W.T);
    return this.dX;
  }
}
class Averaged extends MyLinear {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dW = (this.dW as NDArray).div(dy.shape[0] as number);
    return dx;
  }
}

describe("check, a class of one's own", () => {
  it("passes with own names, own start and (in, out) weights, and says what it assumed and left out", () => {
    const { failed, notes = [] } = check("Linear", MyLinear, quiet);
    expect(failed).to.equal(0);
    expect(notes[0]).to.equal("Assumed: your W is our weight, transposed; your b is our bias");
    expect(notes[1]).to.match(
      /^\d+ more rows are about options .* \{ rows: "all" \}\); check\.rows\("Linear"\) lists them$/,
    );
  });
  it("speaks of your backward, says the cause before the digits, and says it once", () => {
    const text = formatReport(check("Linear", Averaged, quiet));
    expect(text).to.match(
      /✗ W \(5, 3\): disagree\n +your backward stands alone: chalk, the tape and the finite differences agree.*\n.*divided by 4.*\n +at \[/,
    );
    expect(text).to.contain("✗ W (4, 4): as above").and.not.contain("look at the vjps");
  });
  it("whether it starts as ours is asked only on request", () => {
    const start = check("Linear", MyLinear, { ...quiet, start: true }).rows.filter(
      ({ quantity, verdict }) => quantity === "equal start" && verdict === "disagree",
    );
    expect(start).to.have.length(3);
  });
  it("rows by title; an unknown title gets the nearest", () => {
    const rows = check.rows("Linear");
    expect(rows[0]).to.deep.equal({
      row: "5 → 3",
      basic: true,
      builds: "new Linear(5, 3, { rng })",
      points: 1,
    });
    const one = check("Linear", MyLinear, { ...quiet, rows: ["one sample"] });
    expect(new Set(one.rows.map((row) => row.case))).to.deep.equal(new Set(["Linear: one sample"]));
    expect(() => check("Linear", MyLinear, { ...quiet, rows: ["one sampel"] })).to.throw(
      RangeError,
      'Did you mean "one sample"?',
    );
  });
  it("a layer, a module and a function outside the catalogue, with inputs given or made", () => {
    const made = check(new MyLinear(3, 2), undefined, quiet);
    expect(made.failed).to.equal(0);
    expect(made.notes?.[0]).to.match(/^x \(4, 3\) of normal numbers was made for you/);
    expect(check(new Averaged(3, 2), [random(1).normal(0, 1, [4, 3])], quiet).failed).to.equal(1);
    expect(check(new tape.Linear(3, 2, { rng: random(2) }), undefined, quiet).failed).to.equal(0);
    expect(check((x: tape.Tensor) => x.mul(x), [array([1, 2])], quiet).failed).to.equal(0);
  });
  it("a row without differences, where gradients are 0 on purpose, accuses nobody", () => {
    expect(check("Embedding", Embedding, { ...quiet, rows: "all" }).failed).to.equal(0);
  });
  it("as the last line of a cell: one line after a printed report, the report after a quiet one", () => {
    const printed: string[] = [];
    const { log: print } = console;
    console.log = (line: string) => printed.push(line);
    let shown: object = {};
    try {
      shown = check("Linear", MyLinear);
    } finally {
      console.log = print;
    }
    expect(printed).to.have.length(1);
    expect(inspect(shown)).to.match(/^\d+ checks passed$/);
    expect(inspect(check("Linear", MyLinear, quiet))).to.equal(printed[0]);
  });
  it("against values computed elsewhere, without our chalk: the same verdicts", () => {
    const values = expectedValues("Linear");
    expect(checkAgainst(MyLinear, values).failed).to.equal(0);
    const wrong = checkAgainst(Averaged, values).rows.filter(({ verdict }) => verdict !== "agree");
    expect(new Set(wrong.map(({ quantity }) => quantity))).to.deep.equal(new Set(["W"]));
  });
  it("the values decide at a kink, where differences permit any slope between", () => {
    class OneAtZero {
      x: NDArray = zeros([1]);
      forward(x: NDArray): NDArray {
        this.x = x;
        return maximum(x, 0);
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.x.greaterEqual(0));
      }
    }
    const kink = check.rows("ReLU").filter(({ row }) => row.startsWith("at its kink"));
    const values = expectedValues("ReLU", { rows: kink.map(({ row }) => row) });
    const wrong = checkAgainst(OneAtZero, values).rows.filter(({ verdict }) => verdict !== "agree");
    expect(wrong.map(({ quantity }) => quantity)).to.deep.equal(["gradients"]);
    expect(checkAgainst(ReLU, values).failed).to.equal(0);
  });
});

describe("gradcheck, one message for one cause", () => {
  const says = (forward: (x: NDArray) => NDArray, slope: (x: NDArray) => NDArray, at: readonly number[]) => {
    const pair = { forward, backward: (dy: NDArray, x: NDArray) => [dy.mul(slope(x))] };
    const wrong = gradcheck(pair, [array(at)], quiet).rows.filter(({ verdict }) => verdict !== "agree");
    expect(wrong, "rows").to.have.length(1);
    return wrong[0]?.diagnosis;
  };
  it("log at −1, exp at 1000, √ at 0: where, and what to do", () => {
    expect(says(log, (x) => array(1).div(x), [-1, 2])).to.match(
      /^forward gives NaN at \[0\]: choose inputs inside its domain/,
    );
    expect(says(exp, exp, [1000, 2])).to.match(/^forward gives Infinity at \[0\]/);
    expect(says(sqrt, (x) => array(0.5).div(sqrt(x)), [0, 2])).to.match(
      /^forward is NaN or infinite around 1 of 2 elements/,
    );
  });
  it("a jump is called a jump", () => {
    const rounded = (x: NDArray): NDArray =>
      NDArray.from(Float64Array.from(x.flat(), Math.round), [...x.shape]).add(x);
    expect(says(rounded, (x) => x.mul(0).add(1), [0.5, 2.2])).to.match(/^forward jumps at 1 of 2 elements/);
  });
});
