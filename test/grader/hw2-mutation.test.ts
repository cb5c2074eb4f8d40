import { expect } from "chai";
import { gradedAssignment, type Mutant, mutantsOf } from "#internal/grader";
import { isExhaustive } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { type MutationScore, mutationScore, referenceOf, textOfSource } from "./mutation-score.ts";
import { runAnswer } from "./run-answer.ts";

describe("hw2's mutation score", function () {
  this.timeout(900_000);
  const published: MutationScore = JSON.parse(textOfSource("grader/hw2/mutation.json"));
  const mutants = mutantsOf(referenceOf("hw2"), "hw2.ts");

  it("counts every mutant of the reference", () => {
    const counted = Object.values(published.operators).reduce((sum, counts) => sum + counts.mutants, 0);
    expect(published.mutants).to.equal(mutants.length).and.to.equal(counted);
    expect(mutants.length).to.be.at.least(100);
    expect(published.survivors.length).to.equal(published.mutants - published.caught);
  });

  it("names the checks of the assignment", async () => {
    const { assignment, hidden } = await gradedAssignment("hw2");
    const ids = [...assignment.checks, ...hidden].map(({ id }) => id);
    expect(Object.keys(published.checks)).to.deep.equal(ids);
  });

  it("lets none survive but the two whose dRowMax is 0 all the same", () => {
    const line =
      referenceOf("hw2")
        .split("\n")
        .findIndex((text) => text.includes("const dRowMax =")) + 1;
    expect(published.survivors).to.have.members([`line ${line}: .neg() removed`, `line ${line}: sum → mean`]);
  });

  it("is what a few of the mutants show", async () => {
    const graded = await gradedAssignment("hw2");
    for (const name of ["greater → greaterEqual", "< → <="]) {
      const mutant = mutants.find((one) => one.name.endsWith(`: ${name}`)) as Mutant;
      const results = await runAnswer(graded, mutant.text);
      const failed = results.filter(({ state }) => state === "failed");
      expect(failed, name).to.have.length.at.least(1);
    }
  });

  it("is what all mutants show", async function () {
    skipUnless(this, isExhaustive, "CHALK_EXHAUSTIVE=1: a run of every mutant");
    expect(await mutationScore("hw2")).to.deep.equal(published);
  });
});
