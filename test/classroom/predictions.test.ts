import { expect } from "chai";
import { measured, predict, predictions } from "chalk-and-tape/classroom";

const feedback = [
  { to: 1, say: "too small" },
  { from: 1, to: 2, say: "between" },
  { from: 2.5, say: "too large" },
];

/** What `measured` says about a guess. */
function said(guess: number | null): string | null {
  predict("ranges", "How much?", guess);
  return measured("ranges", 1.5, feedback).feedback;
}

describe("predict and measured", () => {
  it("choose the sentence for the range that holds the guess, its ends included", () => {
    expect([-9, 1, 1.0001, 2, 2.5, 99].map(said)).to.deep.equal([
      "too small",
      "too small", // the first that fits
      "between",
      "between",
      "too large",
      "too large",
    ]);
  });
  it("say nothing about a guess between the ranges, and about no guess", () => {
    expect([said(2.2), said(null)]).to.deep.equal([null, null]);
  });
  it("judge the guess, not the value", () => {
    predict("judged", "How much?", 0);
    expect(measured("judged", 5, feedback).feedback).to.equal("too small");
  });
  it("choose the sentence for a choice", () => {
    const choices = ["better", "worse"];
    predict("chosen", "Which?", "better", { choices });
    expect(measured("chosen", "worse", [{ choice: "worse", say: "yes" }]).feedback).to.equal(null);
    predict("chosen", "Which?", "worse", { choices });
    expect(measured("chosen", "worse", [{ choice: "worse", say: "yes" }]).feedback).to.equal("yes");
  });
  it("write the unit after the guess and after the value", () => {
    expect(String(predict("unit", "Which loss?", 1, { unit: "nats" }))).to.equal(
      "Which loss?\nYou say: 1 nats",
    );
    expect(String(measured("unit", Math.log(2)))).to.equal(
      "Which loss?\nYou said: 1 nats. It is: 0.6931 nats.",
    );
  });
  it("run on without a guess, and say in one sentence how to make one", () => {
    expect(String(predict("empty", "How much?", null))).to.match(/write a number in place of null/);
    const choices = ["up", "down"];
    expect(String(predict("empty", "Which?", null, { choices }))).to.match(/write "up" or "down" in place/);
    expect(String(measured("empty", "up"))).to.equal("Which?\nYou made no guess. It is: up.");
  });
  it("escape what the author and the student write", () => {
    predict("escaped", "Is 1 < 2 & 2 < 3?", "<b>", { choices: ["<b>", "no"] });
    expect(measured("escaped", "no").toHtml().text)
      .to.include("Is 1 &lt; 2 &amp; 2 &lt; 3?")
      .and.include("You said: &lt;b&gt;");
  });
  it("a cell that runs again replaces its own guess, and forgets the value", () => {
    predict("again", "How much?", 1);
    measured("again", 2);
    predict("again", "How much?", 3);
    const rows = predictions().rows.filter(({ id }) => id === "again");
    expect(rows).to.deep.equal([{ id: "again", question: "How much?", guess: 3, measured: null }]);
  });

  it("refuse a guess that cannot be the answer", () => {
    expect(() => predict("a", "How much?", Number.NaN)).to.throw(
      RangeError,
      /predict: guess is NaN; expected a finite number/,
    );
    expect(() => predict("a", "How much?", "1")).to.throw(TypeError, /guess is "1"; expected a number/);
    const choices = ["up", "down"];
    expect(() => predict("a", "Which?", "left", { choices })).to.throw(
      RangeError,
      /expected one of "up", "down"/,
    );
    expect(() => predict("a", "Which?", 1, { choices })).to.throw(RangeError, /expected one of "up", "down"/);
    predict("a", "How much?", 1);
    expect(() => measured("a", Number.NaN)).to.throw(RangeError, /measured: value is NaN/);
  });
  it("refuse the answer to a question that was never asked, and name the nearest", () => {
    predict("first-loss", "How much?", 1);
    expect(() => measured("first-los", 1)).to.throw(
      RangeError,
      /no prediction is called "first-los"\. Did you mean "first-loss"\? Run the cell with predict\("first-los", …\) first$/,
    );
  });
});

describe("predictions", () => {
  it("has a row for each question in the order in which they were asked, with units", () => {
    predict("one", "First?", 2, { unit: "%" });
    predict("two", "Second?", null);
    measured("one", 3);
    const lines = String(predictions()).split("\n").slice(-2);
    expect(lines.map((line) => line.split(/ {2,}/))).to.deep.equal([
      ["First?", "2 %", "3 %"],
      ["Second?", "–", "not run yet"],
    ]);
  });
});
