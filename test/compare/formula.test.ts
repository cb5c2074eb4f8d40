import { expect } from "chai";
import { cases, check } from "chalk-and-tape/compare";
import { BCELoss, BCEWithLogitsLoss, MSELoss, ReLU, Sigmoid, Tanh } from "chalk-and-tape/manual";
import { maximum, type NDArray, tanh, where } from "chalk-and-tape/np";

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

describe("compare, dx against mathjs's derivative of the formula", () => {
  const formulaRows = (name: string, student: Parameters<typeof check>[1]) =>
    check(name, student, { quiet: true }).rows.filter((row) => row.quantity === "x by formula");

  it("every activation and every loss of single elements has a formula, on every row, kinks included", () => {
    const names = ["ReLU", "Sigmoid", "Tanh", "MSELoss", "BCEWithLogitsLoss", "BCELoss"];
    const without = cases.filter((row) => names.includes(row.name) && !row.formula);
    expect(without.map((row) => `${row.name}: ${row.what}`)).to.deep.equal([]);
  });

  it("right classes agree, in every reduction", () => {
    for (const [name, type] of Object.entries({ ReLU, Sigmoid, Tanh, MSELoss, BCEWithLogitsLoss, BCELoss })) {
      const verdicts = formulaRows(name, type).map((row) => row.verdict);
      expect(verdicts, name).to.not.be.empty;
      expect(new Set(verdicts), name).to.deep.equal(new Set(["agree"]));
    }
  });

  it("a wrong one is shown the right derivative, and the two numbers where they differ most", () => {
    const [row] = formulaRows("Tanh", TanhWithoutSquare);
    expect(row?.verdict).to.equal("disagree");
    expect(row?.diagnosis).to.equal("y = tanh(x) has the derivative sech(x) ^ 2");
    expect(row?.worst.symbolic).to.be.a("number").and.not.equal(row?.worst.manual);
  });

  it("at the kinks the written convention is a witness: relu'(0) = 1 is caught", () => {
    const verdicts = formulaRows("ReLU", ReluOneAtZero).map((row) => row.verdict);
    expect(verdicts).to.deep.equal(["agree", "disagree"]);
    expect(formulaRows("ReLU", ReluOneAtZero)[1]?.diagnosis).to.contain(
      "0 where x == 0 (PyTorch's relu'(0))",
    );
  });

  it("at its cuts BCELoss is judged by the formula: t / x without the cut is caught", () => {
    const verdicts = formulaRows("BCELoss", BceWithoutCut).map((row) => row.verdict);
    expect(verdicts).to.deep.equal(["agree", "agree", "agree", "disagree"]);
  });

  it("a factor of 1.0005 is seen", () => {
    expect(formulaRows("Sigmoid", SigmoidByAHair)[0]?.verdict).to.equal("disagree");
  });
});
