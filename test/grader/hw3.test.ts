import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import { isExhaustive, seedsToTry } from "../exhaustive.js";
import { referenceOf } from "./mutation-score.js";
import { runAnswer, scoreOf } from "./run-answer.js";

/** What a student is given: prompts stay as comments, and the rest of a solution is an error. */
function stripped(reference: string): string {
  return reference.replace(
    /^( *)\/\/ BEGIN SOLUTION\n([\s\S]*?)^ *\/\/ END SOLUTION\n/gm,
    (_, indent, body) => {
      const prompts = [...body.matchAll(/^ *\/\/ PROMPT: (.*)$/gm)].map(
        ([, line]) => `${indent}// ${line}\n`,
      );
      return `${prompts.join("")}${indent}throw new Error("not written yet");\n`;
    },
  );
}

describe("hw3 is graded as its checks say", function () {
  this.timeout(120_000);
  const reference = referenceOf("hw3");
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw3");
  });

  it("has thirty points, and more than half of the checks and points in public", () => {
    const { assignment, hidden } = graded;
    const points = (checks: readonly { points: number }[]): number =>
      checks.reduce((sum, check) => sum + check.points, 0);
    expect(points(assignment.checks)).to.equal(24);
    expect(points(hidden)).to.equal(6);
    expect(assignment.points).to.equal(30);
    expect(assignment.hidden).to.equal(hidden.length);
    expect(assignment.checks.length).to.be.above(hidden.length);
  });

  it("gives checks unique names and titles, tasks that are listed, and needs that run before", () => {
    const checks = [...graded.assignment.checks, ...graded.hidden];
    expect(new Set(checks.map(({ id }) => id)).size).to.equal(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).to.equal(checks.length);
    const tasks = graded.assignment.tasks.map(({ number }) => number);
    checks.forEach(({ id, needs, task }, at) => {
      const earlier = checks.slice(0, at).map((check) => check.id);
      expect(earlier, `${id} needs`).to.include.members([...needs]);
      expect(tasks, id).to.include(task);
    });
  });

  it("says in the notebook what each task earns, in public and hidden", async () => {
    const { textOfSource } = await import("./mutation-score.js");
    const rows = textOfSource("grader/hw3/source/hw3.md").matchAll(
      /^\| (\d) \| .* \| (\d+) \| (\d+) \| ?(\d*) ?\|$/gm,
    );
    const points = (checks: readonly { task: number; points: number }[], task: number): number =>
      checks.filter((check) => check.task === task).reduce((sum, check) => sum + check.points, 0);
    const { tasks, checks } = graded.assignment;
    expect(
      [...rows].map(([, task, , here, later]) => [Number(task), Number(here), Number(later)]),
    ).to.deep.equal(
      tasks.map(({ number }) => [number, points(checks, number), points(graded.hidden, number)]),
    );
  });

  it("gives the reference all points, with every seed", async () => {
    for (const seed of seedsToTry(1, 2, 3, 4, 5)) {
      const results = await runAnswer(graded, reference, { seed });
      expect(results.filter(({ state }) => state !== "passed")).to.deep.equal([]);
    }
  });

  it("gives the student's edition no point", async () => {
    const edition = stripped(reference);
    const results = await runAnswer(graded, edition);
    expect(results.filter(({ share, state }) => share > 0 || state === "passed")).to.deep.equal([]);
    expect(edition).to.not.match(/SOLUTION|PROMPT|\.matmul\(|greater|new Map/);
  });

  it("gives right answers all points", async () => {
    expect(graded.right.length).to.equal(5);
    for (const answer of isExhaustive ? graded.right : graded.right.slice(0, 1)) {
      const results = await runAnswer(graded, textOf(answer, reference));
      expect(
        results.filter(({ state }) => state !== "passed"),
        answer.name,
      ).to.deep.equal([]);
      expect(scoreOf(results), answer.name).to.equal(answer.points);
    }
  });

  it("fits each answer's edits to the reference", () => {
    for (const answer of [...graded.right, ...graded.wrong])
      expect(textOf(answer, reference), answer.name).to.not.equal(reference);
  });
});
