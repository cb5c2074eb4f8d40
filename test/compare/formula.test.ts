import { expect } from "chai";
import { type Case, cases, check } from "chalk-and-tape/compare";
import { BCELoss, BCEWithLogitsLoss, MSELoss, ReLU, Sigmoid, Tanh } from "chalk-and-tape/manual";
import { maximum, type NDArray, tanh, where } from "chalk-and-tape/np";
import { checkCase } from "#internal/compare";

/** The square forgotten: 1 − y instead of 1 − y². */
class TanhWithoutSquare extends Tanh {
  #kept: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#kept = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    super.backward(dy);
    return dy.mul(
      tanh(this.#kept as NDArray)
        .neg()
        .add(1),
    );
  }
}
/** A part in a thousand too much: PyTorch's gradcheck lets it pass. */
class SigmoidByAHair extends Sigmoid {
  override backward(dy: NDArray): NDArray {
    return super.backward(dy).mul(1.0005);
  }
}
/** At a tie x > 0 and x ≥ 0 are two functions. */
class ReluOneAtZero extends ReLU {
  #kept: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#kept = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    return where((this.#kept as NDArray).less(0), 0, dy);
  }
}
/** PyTorch's: (x − t) / max(x (1 − x), 1e-12). */
class BceWithoutCut extends BCELoss {
  #kept: readonly [NDArray, NDArray] | null = null;
  override forward(x: NDArray, target: NDArray): NDArray {
    this.#kept = [x, target];
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    const [x, target] = this.#kept as [NDArray, NDArray];
    const slope = x.sub(target).div(maximum(x.mul(x.neg().add(1)), 1e-12));
    const share = this.reduction === "mean" ? 1 / x.size : 1;
    return slope.mul(dy).mul(share);
  }
}

/** The rows with formulas: those written by hand. */
function byHand(name: string): string[] {
  return cases.filter((row) => row.name === name && !row.drawn).map(({ what }) => what);
}

describe("compare, dx against the formula on paper", () => {
  const formulaRows = (name: string, student: Parameters<typeof check>[1]) =>
    check(name, student, { quiet: true, rows: byHand(name) }).rows.filter((row) => row.quantity === "x");

  it("every activation and every loss of single elements has a formula, on every row, kinks included", () => {
    const losses = ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "BCEWithLogitsLoss", "BCELoss"];
    const names = ["ReLU", "Sigmoid", "Tanh", ...losses, "HingeEmbeddingLoss", "KLDivLoss"];
    // One that has weights as well is no function of x and t, and is written out with 64 digits.
    const without = cases.filter(
      (row) => names.includes(row.name) && !row.drawn && !row.witnesses?.formula && !row.witnesses?.precise,
    );
    expect(without.map((row) => `${row.name}: ${row.what}`)).to.deep.equal([]);
  });

  it("right classes agree with mathjs's derivative and the 64 digits, in every reduction", () => {
    for (const [name, type] of Object.entries({ ReLU, Sigmoid, Tanh, MSELoss, BCEWithLogitsLoss, BCELoss })) {
      const rows = formulaRows(name, type);
      expect(rows, name).to.not.be.empty;
      for (const { verdict, worst, errors, silent } of rows) {
        expect(verdict, name).to.equal("agree");
        expect(worst.precise).to.be.a("number");
        if (worst.symbolic === undefined)
          expect(silent?.symbolic).to.be.oneOf(["exp overflows in doubles", "not a function of one number"]);
        else expect(worst.symbolic).to.be.a("number");
        expect(errors?.analytical, `${name}, yours against 64 digits`).to.be.below(1e-15);
      }
    }
  });

  it("a wrong one stands alone against five, and is shown the right derivative", () => {
    const [row] = formulaRows("Tanh", TanhWithoutSquare);
    expect([row?.verdict, row?.alone]).to.deep.equal(["disagree", "analytical"]);
    expect(row?.diagnosis).to.match(
      /^your backward stands alone: chalk, the tape, the finite differences, mathjs's derivative and the 64 digits agree/,
    );
    expect(row?.diagnosis).to.contain("y = tanh(x) has the derivative sech(x) ^ 2");
    expect(row?.worst.symbolic).to.be.a("number").and.not.equal(row?.worst.analytical);
  });

  it("at the kinks the written convention is a witness: relu'(0) = 1 stands alone", () => {
    const rows = formulaRows("ReLU", ReluOneAtZero);
    expect(rows.map((row) => row.verdict)).to.deep.equal(["agree", "disagree"]);
    expect(rows[1]?.alone).to.equal("analytical");
    expect(rows[1]?.diagnosis).to.contain("0 where x == 0 (PyTorch's relu'(0))");
  });

  it("at its cuts BCELoss is judged by the formula: t / x without the cut is caught", () => {
    const rows = formulaRows("BCELoss", BceWithoutCut).filter((row) => !row.case.includes("weight"));
    const sequences = "agree";
    expect(rows.map((row) => row.verdict)).to.deep.equal(["agree", "agree", "agree", "disagree", sequences]);
  });

  it("a wrong formula is said to be the formula's fault: two parties", () => {
    const tanhRow = cases.find(({ name }) => name === "Tanh") as Case;
    const wrong: Case = { ...tanhRow, witnesses: { formula: { branches: [{ y: "tanh(x) * 1.001" }] } } };
    const x = checkCase(wrong).rows.find((row) => row.quantity === "x");
    expect(x?.diagnosis).to.contain(
      "chalk, the tape and the finite differences on one side, mathjs's derivative and the 64 digits on the other",
    );
  });

  it("a factor of 1.0005 is seen", () => {
    expect(formulaRows("Sigmoid", SigmoidByAHair)[0]?.verdict).to.equal("disagree");
  });
});
