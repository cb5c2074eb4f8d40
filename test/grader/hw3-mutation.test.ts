import { expect } from "chai";
import { gradedAssignment, type Mutant, mutantsOf } from "#internal/grader";
import { isExhaustive } from "../exhaustive.js";
import { skipUnless } from "../skip.js";
import { type MutationScore, mutationScore, referenceOf, textOfSource } from "./mutation-score.js";
import { runAnswer } from "./run-answer.js";

describe("hw3's mutation score", function () {
  this.timeout(900_000);
  const published: MutationScore = JSON.parse(textOfSource("grader/hw3/mutation.json"));
  const mutants = mutantsOf(referenceOf("hw3"), "hw3.ts");

  it("counts every mutant of the reference", () => {
    const counted = Object.values(published.operators).reduce((sum, counts) => sum + counts.mutants, 0);
    expect(published.mutants).to.equal(mutants.length).and.to.equal(counted);
    expect(mutants.length).to.be.at.least(20);
    expect(published.survivors.length).to.equal(published.mutants - published.caught);
  });

  it("names the checks of the assignment", async () => {
    const { assignment, hidden } = await gradedAssignment("hw3");
    expect(Object.keys(published.checks)).to.deep.equal(
      [...assignment.checks, ...hidden].map(({ id }) => id),
    );
  });

  it("is what a few of the mutants show", async () => {
    const graded = await gradedAssignment("hw3");
    for (const name of ["line 172: greater → greaterEqual", "line 228: add → sub"]) {
      const mutant = mutants.find((one) => one.name === name) as Mutant;
      const results = await runAnswer(graded, mutant.text);
      expect(
        results.some(({ state }) => state === "failed"),
        name,
      ).to.equal(true);
      expect(published.survivors).to.not.include(name);
    }
  });

  it("is what all mutants show", async function () {
    skipUnless(this, isExhaustive, "CHALK_EXHAUSTIVE=1: a run of every mutant");
    expect(await mutationScore("hw3")).to.deep.equal(published);
  });
});
