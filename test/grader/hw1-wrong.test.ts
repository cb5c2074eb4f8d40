import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import { isExhaustive, seedsToTry } from "../exhaustive.js";
import { referenceOf } from "./mutation-score.js";
import { runAnswer, scoreOf } from "./run-answer.js";

/** Answers that a student writes most often; the others run where the tests are exhaustive. */
const common = [
  "db is a mean over the batch",
  "1/N twice: the slide's average in dW, and the one in the loss",
  "ReLU's mask is x ≥ 0",
  "the loss overflows: log(1 + exp(z)) − z·t",
  "update adds, as the slide's does",
];

describe("hw1's wrong answers earn exactly what the table of checks says", function () {
  this.timeout(300_000);
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw1");
  });

  it("lists at least ten of them, the common ones included", () => {
    const names = graded.wrong.map(({ name }) => name);
    expect(names.length).to.be.at.least(10);
    expect(names).to.include.members(common);
  });

  it("awards the declared points, with every seed", async () => {
    const reference = referenceOf("hw1");
    for (const answer of graded.wrong) {
      if (!isExhaustive && !common.includes(answer.name)) continue;
      for (const seed of seedsToTry(1, 2, 3)) {
        const results = await runAnswer(graded, textOf(answer, reference), { seed });
        expect(scoreOf(results), `${answer.name}, seed ${seed}`).to.equal(answer.points);
      }
    }
  });
});
