import { expect } from "chai";
import { cases, check } from "chalk-and-tape/compare";
import { BCEWithLogitsLoss, ReLU, Sigmoid, Tanh } from "chalk-and-tape/manual";
import { type NDArray, tanh } from "chalk-and-tape/np";

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

describe("compare, dx against mathjs's derivative of the formula", () => {
  const formulaRows = (name: string, student: Parameters<typeof check>[1]) =>
    check(name, student, { quiet: true }).rows.filter((row) => row.quantity === "x by formula");

  it("every activation and every loss of single elements has a formula, on every row off its kink", () => {
    const names = ["ReLU", "Sigmoid", "Tanh", "MSELoss", "BCEWithLogitsLoss", "BCELoss"];
    const without = cases.filter(
      (row) => names.includes(row.name) && !row.what.startsWith("at its kink") && !row.formula,
    );
    expect(without.map((row) => `${row.name}: ${row.what}`)).to.deep.equal([]);
  });

  it("right classes agree, in every reduction", () => {
    for (const [name, type] of Object.entries({ ReLU, Sigmoid, Tanh, BCEWithLogitsLoss })) {
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

  it("a factor of 1.0005 is seen", () => {
    expect(formulaRows("Sigmoid", SigmoidByAHair)[0]?.verdict).to.equal("disagree");
  });
});
