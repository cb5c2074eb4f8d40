import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { isExhaustive, seedsToTry } from "../exhaustive.ts";
import { referenceOf } from "./mutation-score.ts";
import { runAnswer, scoreOf } from "./run-answer.ts";

const reference = referenceOf("hw2");
/** More than one, so that no answer earns its points by luck. */
const seeds = seedsToTry(1, 2, 3, 4, 5);

/** Wrong answers that a student gives most often, and what is said; the others run where the tests are exhaustive. */
const said: Readonly<Record<string, string>> = {
  "exps are used once": "only the way through probs",
  "the fused gradient without 1/N": "dLogits is the right one times 4 = N, the batch",
  "db is the mean over the images": "dBias is the right one divided by 4 = N, the batch",
  "a ReLU on the logits, as on the lecture's last slide": "no logit is negative",
  "the velocity holds lr": "keep ηg in the velocity",
  "trainEpoch gives the mean over the batches": "the mean over the batches",
};

describe("hw2, graded", function () {
  this.timeout(60_000);
  let graded: GradedAssignment;

  before(async () => {
    graded = await gradedAssignment("hw2");
  });

  it("has 25 points, at least half of them in public, and says how many checks are hidden", () => {
    const { assignment, hidden } = graded;
    const points = (checks: readonly { points: number }[]): number =>
      checks.reduce((sum, check) => sum + check.points, 0);
    expect(points(assignment.checks) + points(hidden)).to.equal(assignment.points);
    expect(points(assignment.checks)).to.be.at.least(assignment.points / 2);
    expect(hidden).to.have.length(assignment.hidden);
    const all = [...assignment.checks, ...hidden];
    expect(new Set(all.map(({ id }) => id)).size).to.equal(all.length);
    for (const [i, { id, task, needs }] of all.entries()) {
      expect(assignment.tasks.map(({ number }) => number)).to.include(task);
      const before = all.slice(0, i).map((check) => check.id);
      for (const need of needs) expect(before, `${id} needs ${need}`).to.include(need);
    }
  });

  it("gives the reference all points for any seed", async () => {
    await twoAtATime([1, 2 ** 32 - 1], async (seed) =>
      expect(await failures(reference, seed)).to.deep.equal([]),
    );
  });

  it("gives nothing for functions that are not written", async () => {
    const empty = reference.replace(
      /\/\/ BEGIN SOLUTION[\s\S]*?\/\/ END SOLUTION/g,
      'throw new Error("to be written");',
    );
    const results = await runAnswer(graded, empty, { seed: 1 });
    expect(results.filter(({ state }) => state === "passed")).to.deep.equal([]);
    expect(scoreOf(results)).to.equal(0);
  });

  it("gives five right but unusual answers all points", async () => {
    expect(graded.right).to.have.length.at.least(5);
    await twoAtATime(graded.right, async (answer) => {
      for (const seed of seeds)
        expect(await failures(textOf(answer, reference), seed), answer.name).to.deep.equal([]);
    });
  });

  it("gives wrong answers exactly their declared points, and says what the first mistake looks like", async () => {
    expect(graded.wrong).to.have.length.at.least(10);
    expect(graded.wrong.map(({ name }) => name)).to.include.members(Object.keys(said));
    const tried = graded.wrong.filter(({ name }) => isExhaustive || Object.hasOwn(said, name));
    await twoAtATime(tried, async (answer) => {
      for (const seed of seeds) {
        const results = await runAnswer(graded, textOf(answer, reference), { seed });
        expect(scoreOf(results), answer.name).to.equal(answer.points);
        const first = results.find(({ state }) => state === "failed");
        expect(first?.advice?.what, answer.name).to.include(said[answer.name] ?? "");
      }
    });
  });

  async function failures(text: string, seed: number): Promise<readonly CheckResult[]> {
    const results = await runAnswer(graded, text, { seed });
    return results.filter(({ state }) => state !== "passed");
  }
});

/** A submission runs in a process of its own, so two go on at once. */
async function twoAtATime<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await run(item);
  };
  await Promise.all([worker(), worker()]);
}
