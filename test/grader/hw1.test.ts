import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import { isExhaustive, seedsToTry } from "../exhaustive.js";
import { referenceOf } from "./mutation-score.js";
import { runAnswer, scoreOf } from "./run-answer.js";

/** What a student is given: prompts become lines of code, and the rest of a solution an error. */
function stripped(reference: string): string {
  return reference.replace(
    /^( *)\/\/ BEGIN SOLUTION\n([\s\S]*?)^ *\/\/ END SOLUTION\n/gm,
    (_, indent, body) => {
      const prompts = [...body.matchAll(/^ *\/\/ PROMPT: (.*)$/gm)].map(([, line]) => `${indent}${line}\n`);
      return `${prompts.join("")}${indent}throw new Error("not written yet");\n`;
    },
  );
}

describe("hw1 is graded as its table of checks says", function () {
  this.timeout(120_000);
  const reference = referenceOf("hw1");
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw1");
  });

  it("has ten points, and more than half of the checks and points in public", () => {
    const { assignment, hidden } = graded;
    const points = (checks: readonly { points: number }[]): number =>
      checks.reduce((s, c) => s + c.points, 0);
    expect(points(assignment.checks) + points(hidden))
      .to.equal(assignment.points)
      .and.to.equal(10);
    expect(points(assignment.checks)).to.equal(6.5);
    expect(assignment.hidden).to.equal(hidden.length);
    expect(assignment.checks.length).to.be.above(hidden.length);
  });

  it("gives checks unique names and titles, and needs only earlier ones", () => {
    const checks = [...graded.assignment.checks, ...graded.hidden];
    expect(new Set(checks.map(({ id }) => id)).size).to.equal(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).to.equal(checks.length);
    checks.forEach(({ id, needs }, at) => {
      const earlier = checks.slice(0, at).map((check) => check.id);
      expect(earlier, `${id} needs`).to.include.members([...needs]);
    });
  });

  it("gives the reference all points, with every seed", async () => {
    for (const seed of seedsToTry(1, 2, 3, 4, 5)) {
      const results = await runAnswer(graded, reference, { seed });
      expect(results.filter(({ state }) => state !== "passed")).to.deep.equal([]);
    }
  });

  it("gives the student's edition no point, and each check fails or is skipped", async () => {
    const results = await runAnswer(graded, stripped(reference));
    expect(results.filter(({ share, state }) => share > 0 || state === "passed")).to.deep.equal([]);
    expect(stripped(reference)).to.not.match(/SOLUTION|PROMPT|addInPlace|dy\.T/);
  });

  it("gives right answers all points", async () => {
    expect(graded.right.length).to.be.at.least(5);
    for (const answer of isExhaustive ? graded.right : graded.right.slice(-3)) {
      const results = await runAnswer(graded, textOf(answer, reference));
      const failed = results.filter(({ state }) => state !== "passed");
      expect(failed, answer.name).to.deep.equal([]);
      expect(scoreOf(results), answer.name).to.equal(answer.points);
    }
  });

  it("fits each answer's edits to the reference", () => {
    for (const answer of [...graded.right, ...graded.wrong])
      expect(textOf(answer, reference), answer.name).to.not.equal(reference);
  });
});
