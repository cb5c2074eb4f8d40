import { expect } from "chai";
import { gradedAssignment, type Mutant, mutantsOf } from "#internal/grader";
import { isExhaustive } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { type MutationScore, mutationScore, referenceOf, textOfSource } from "./mutation-score.ts";
import { runAnswer } from "./run-answer.ts";

/** The published score of an assignment's checks. `few` are ends of mutants' names that each run tries again. */
export function describeMutationScore(id: string, { few }: { readonly few: readonly string[] }): void {
  describe(`${id}'s mutation score`, function () {
    this.timeout(900_000);
    const published: MutationScore = JSON.parse(textOfSource(`grader/${id}/mutation.json`));
    const mutants = mutantsOf(referenceOf(id), `${id}.ts`);

    it("counts every mutant of the reference", () => {
      const counted = Object.values(published.operators).reduce((sum, counts) => sum + counts.mutants, 0);
      expect(published.mutants).to.equal(mutants.length).and.to.equal(counted);
      expect(mutants.length).to.be.at.least(90);
      expect(published.survivors.length).to.equal(published.mutants - published.caught);
    });

    it("names the checks of the assignment", async () => {
      const { assignment, hidden } = await gradedAssignment(id);
      const ids = [...assignment.checks, ...hidden].map((check) => check.id);
      expect(Object.keys(published.checks)).to.deep.equal(ids);
    });

    it("is what a few of the mutants show", async () => {
      const graded = await gradedAssignment(id);
      for (const name of few) {
        const mutant = mutants.find((one) => one.name.endsWith(name)) as Mutant;
        const results = await runAnswer(graded, mutant.text);
        const failed = results.filter(({ state }) => state === "failed");
        expect(failed, name).to.have.length.at.least(1);
        expect(published.survivors).to.not.include(mutant.name);
      }
    });

    it("is what all mutants show", async function () {
      skipUnless(this, isExhaustive, "CHALK_EXHAUSTIVE=1: a run of every mutant");
      expect(await mutationScore(id)).to.deep.equal(published);
    });
  });
}
