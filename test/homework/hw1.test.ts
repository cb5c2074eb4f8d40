import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { referenceOf } from "../grader/mutation-score.js";
import { runAnswer } from "../grader/run-answer.js";

/** What a student reads about hw1's mistakes. It is set to tell the cure. */
describe("hw1 says what is wrong", function () {
  this.timeout(120_000);
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw1");
  });

  /** The results of the public checks for the reference with one edit. */
  async function edited(from: string, to: string): Promise<ReadonlyMap<string, CheckResult>> {
    const text = textOf({ name: from, points: 0, edits: [[from, to]] }, referenceOf("hw1"));
    const results = await runAnswer({ ...graded, hidden: [] }, text);
    return new Map(results.map((result) => [result.id, result]));
  }

  it("names db as the assignment does, and the slide's average", async () => {
    const results = await edited("dy.sum(0)", "dy.mean(0)");
    const { advice, cause, share } = results.get("t2-db") as CheckResult;
    expect(cause).to.equal("factor 1/N");
    expect(share).to.equal(0.5);
    expect(advice?.what).to.equal("db is the right one divided by 5 = N, the batch");
    expect(advice?.cure)
      .to.match(/the lecture's slide/)
      .and.to.match(/the 1\/N is in the loss/);
    expect(results.get("t2-dW")?.state).to.equal("passed");
    expect(results.get("t5-weights")?.state).to.equal("passed");
    expect(results.get("t6-train")?.advice?.where).to.match(
      /^skipped: it needs "MlpClassifier.backward: db1/,
    );
  });

  it("says which term of forward is missing", async () => {
    const results = await edited("xW.add(b)", "xW");
    expect(results.get("t1-forward")?.advice?.what).to.equal("y is the right one without + b");
    expect(results.get("t5-forward")?.state).to.equal("skipped");
  });

  it("says the shape, and that an update climbs", async () => {
    const transposed = await edited("dy.T.matmul(x)", "x.T.matmul(dy)");
    expect(transposed.get("t2-dW")?.advice?.where).to.match(/dW has shape \(3, 4\), expected \(4, 3\)/);
    const climbing = await edited("this.W1.sub(this.dW1.mul(lr))", "this.W1.sub(this.dW1.mul(2 * lr))");
    expect(climbing.get("t6-update")?.advice?.where).to.equal("W1 after update is wrong");
  });

  it("takes no gradient of another shape for an update, whatever broadcasting makes of it", async () => {
    const results = await edited(
      "this.dW1 = layer1.dW;",
      "this.dW1 = layer1.dW.reshape(1, ...layer1.dW.shape);",
    );
    expect(results.get("t6-update")).to.deep.include({ state: "failed", cause: "update rule" });
  });

  it("names a mean that is a sum", async () => {
    const results = await edited("linear.add(rest).mean()", "linear.add(rest).sum()");
    const { advice, share } = results.get("t4-loss") as CheckResult;
    expect(advice?.what).to.match(/^loss is the right one times 5 = N, the batch/);
    expect(share).to.equal(0.5);
  });
});
