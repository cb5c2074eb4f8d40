import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import { isExhaustive, seedsToTry } from "../exhaustive.js";
import { referenceOf } from "./mutation-score.js";
import { runAnswer, scoreOf } from "./run-answer.js";

/** These cover accumulation, order, shapes and credit; the others run where the tests are exhaustive. */
const common = [
  "Value.backward lists a value before its inputs",
  "the last gradient replaces those before it",
  "relu has slope 1 at 0",
];
const tooSlow = "every way from the root to a leaf is walked by itself";

describe("hw3's wrong answers earn their declared points", function () {
  this.timeout(600_000);
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw3");
  });

  it("lists ten of them", () => {
    const names = graded.wrong.map(({ name }) => name);
    expect(names.length).to.equal(10);
    expect(names).to.include.members([...common, tooSlow]);
  });

  it("with every seed", async () => {
    const reference = referenceOf("hw3");
    for (const answer of graded.wrong) {
      if (!isExhaustive && !common.includes(answer.name)) continue;
      for (const seed of answer.name === tooSlow ? [1] : seedsToTry(1, 2, 3)) {
        const results = await runAnswer(graded, textOf(answer, reference), { seed });
        expect(scoreOf(results), `${answer.name}, seed ${seed}`).to.equal(answer.points);
      }
    }
  });

  it("stops the one that would walk 2⁴⁰ ways", async () => {
    const answer = graded.wrong.find(({ name }) => name === tooSlow);
    const ids = ["b-chain", "b-shared", "b-many-ways"];
    const checks = graded.assignment.checks.filter(({ id }) => ids.includes(id));
    const some = { ...graded, assignment: { ...graded.assignment, checks }, hidden: [] };
    const text = textOf(answer as (typeof graded.wrong)[number], referenceOf("hw3"));
    const results = await runAnswer(some, text, { limits: { load: 20, answer: 4 } });
    expect(results.map(({ cause }) => cause)).to.deep.equal([null, null, "time"]);
  });
});
