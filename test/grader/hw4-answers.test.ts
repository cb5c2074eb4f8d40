import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, type KnownAnswer, textOf } from "#internal/grader";
import { isExhaustive } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { inProcess, submissionOf } from "./hw4-in-process.ts";
import { runAnswer, scoreOf } from "./run-answer.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const reference = readFileSync(join(root, "grader/hw4/source/hw4.ts"), "utf8");
const all = 29;

describe("hw4, answers whose points are known", () => {
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw4");
  });

  it("points add up", () => {
    const { assignment, hidden } = graded;
    const { checks, essays, points } = assignment;
    const sum = (parts: readonly { points: number }[]): number => parts.reduce((s, p) => s + p.points, 0);
    expect(sum(checks) + sum(hidden)).to.equal(all);
    expect(all + sum(essays)).to.equal(points);
    for (const { points: most, rubric } of essays) expect(sum(rubric)).to.equal(most);
    expect(assignment.hidden).to.equal(hidden.length);
    expect(checks.length).to.be.at.least(hidden.length);
  });

  it("the reference, in a process of its own, has all points", async () => {
    const results = await runAnswer(graded, reference);
    expect(results.filter(({ state }) => state !== "passed")).to.deep.equal([]);
    expect(scoreOf(results)).to.equal(all);
  });

  it("five right and at least ten wrong answers", () => {
    expect(graded.right.length).to.be.at.least(5);
    expect(graded.wrong.length).to.be.at.least(10);
    expect(graded.right.every(({ points }) => points === all)).to.equal(true);
    expect(graded.wrong.every(({ points }) => points < all)).to.equal(true);
  });

  it("every known answer has its points", async () => {
    for (const answer of [...graded.right, ...graded.wrong]) {
      const text = textOf(answer, reference);
      const submission = await submissionOf(text);
      // The same test for gradients as the reference's, which has all 20 points in the test above.
      const isSameTest = testIn(text) === testIn(reference);
      const results = await inProcess(graded, submission, 1, (id) => !isSameTest || !isOfTask1(id), text);
      const found = scoreOf(results) + (isSameTest ? 20 : 0);
      expect(found, `${answer.name}: ${failed(results)}`).to.be.closeTo(answer.points, 1e-9);
    }
  });

  it("what is handed out has no points", async function () {
    const path = join(root, "homework/hw4/edition/hw4.ts");
    skipUnless(
      this,
      existsSync(path),
      "homework/hw4/edition/hw4.ts, which the command homework release hw4 makes",
    );
    const results = await runAnswer(graded, readFileSync(path, "utf8"));
    expect(results.filter(({ share }) => share > 0)).to.deep.equal([]);
  });

  it("a file with nothing in it has no points", async () => {
    const results = await runAnswer(
      graded,
      "export const choice = { hidden: [] };\nexport const answers = {};\n",
    );
    expect(scoreOf(results)).to.equal(0);
  });

  it("the variants do not change the points of a test", async () => {
    const seeds = isExhaustive ? 200 : 2;
    const answers: readonly KnownAnswer[] = isExhaustive
      ? [...graded.right, ...graded.wrong]
      : graded.wrong.slice(0, 2);
    for (const answer of [{ name: "reference", points: all, edits: [] }, ...answers]) {
      const submission = await submissionOf(textOf(answer, reference));
      const found = new Set<number>();
      for (let seed = 2; seed < 2 + seeds; seed++)
        found.add(scoreOf(await inProcess(graded, submission, seed, isOfTask1)));
      expect([...found], answer.name).to.have.lengthOf(1);
    }
  });
});

function isOfTask1(id: string): boolean {
  return id === "planted-bugs" || id.startsWith("practice-");
}

/** The part of a file before the choice. */
function testIn(text: string): string {
  return text.slice(0, text.indexOf("export const choice"));
}

function failed(results: Awaited<ReturnType<typeof inProcess>>): string {
  return results
    .filter(({ share }) => share < 1)
    .map(({ id, advice }) => `${id} (${advice?.where})`)
    .join(", ");
}
