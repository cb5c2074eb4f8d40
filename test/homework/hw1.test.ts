import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { referenceOf } from "../grader/mutation-score.js";
import { runAnswer } from "../grader/run-answer.js";

/** The eight lines of the reference's update. */
const updateBody = ["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"]
  .map((name) => `    this.${name} = this.${name}.sub(this.d${name}.mul(lr));\n`)
  .join("");

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

  it("has a sentence for each frequent mistake", async () => {
    const line = "const dz2 = reluBackward(layer3.dx, this.z2);";
    const update = (to: (name: string) => string): [string, string] => [
      updateBody,
      ["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"].map((name) => `${to(name)}\n`).join(""),
    ];
    const loss = "linear.add(rest).mean().item()";
    const said: readonly (readonly [string, string, string, string])[] = [
      [
        "t6-train",
        "net.update(lr);\n  return loss;",
        "net.update(lr);\n  return lossForward(net.forward(x), t);",
        "these are the losses after each update; return the one before",
      ],
      ["t6-train", "  net.update(lr);\n", "", "no parameter has changed; trainStep calls net.update(lr)"],
      ["t5-weights", line, line.replace("this.z2", "this.z3"), "the mask of dz2 is taken from z3"],
      [
        "t5-biases",
        line,
        "const dz2 = layer3.dx;",
        "dz2 is the dx of layer 3: the ReLU between them is left out",
      ],
      [
        "t5-weights",
        "linearBackward(dz2, this.x2, this.W2)",
        "linearBackward(dz2, this.x3, this.W2)",
        "dW3 is right, and dW2 is the first wrong one; look at dz2, and at what layer 2 was given",
      ],
      [
        "t5-forward",
        "this.x3 = reluForward(this.z2);",
        "this.x3 = this.z2;",
        "without the ReLU after layer 2",
      ],
      ["t6-update", ...update((n) => `this.${n} = this.${n}.add(this.d${n}.mul(lr));`), "has added lr times"],
      [
        "t6-update",
        ...update((n) => `this.${n} = this.${n}.sub(this.d${n});`),
        "multiply the gradient by lr",
      ],
      [
        "t6-update",
        ...update((n) => `this.${n}.sub(this.d${n}.mul(lr));`),
        "all parameters are as they were",
      ],
      ["t3-forward", "return np.maximum(x, 0);", "return x;", "reluForward returns x as it is"],
      [
        "t3-inputs",
        "return np.maximum(x, 0);",
        "return x.copyFrom(np.maximum(x, 0));",
        "reluForward changes its argument x",
      ],
      [
        "t4-loss",
        loss,
        "linear.add(rest).mean() as unknown as number",
        "lossForward returned an NDArray; add .item()",
      ],
    ];
    const rest = said.values();
    const worker = async (): Promise<void> => {
      for (const [id, from, to, words] of rest) {
        const result = (await edited(from, to)).get(id);
        const { what = "", cure = "" } = result?.advice ?? {};
        expect(result?.state, words).to.equal("failed");
        expect(`${what}; ${cure}`.replace("after 20 steps ", ""), words).to.include(words);
      }
    };
    await Promise.all([worker(), worker()]);
  });

  it("gives nothing for a factor in one gradient beside another that is wrong", async () => {
    const biases = await edited("this.db1 = layer1.db;", "this.db1 = layer1.db.mul(3);");
    expect(biases.get("t5-biases")).to.include({ state: "failed", share: 0 });
    const two = await edited(
      "    this.db4 = layer4.db;\n",
      "    this.db4 = layer4.db.mul(dz.size);\n    this.db1 = np.zerosLike(this.b1);\n",
    );
    expect(two.get("t5-biases")).to.include({ state: "failed", cause: "factor N", share: 0 });
  });

  it("judges other properties of a gradient only where the gradient is right", async () => {
    const text = textOf(
      {
        name: "",
        points: 0,
        edits: [
          ["dy.T.matmul(x); // (M, N)·(N, D) → (M, D)\n  const db", "dy.T.matmul(x).mul(7);\n  const db"],
        ],
      },
      referenceOf("hw1"),
    );
    const results = await runAnswer(graded, text);
    expect(results.find(({ id }) => id === "h2-linear")?.state).to.equal("skipped");
  });
});
