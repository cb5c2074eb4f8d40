import { expect } from "chai";
import { type GradedAssignment, gradedAssignment, textOf } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { referenceOf } from "../grader/mutation-score.js";
import { runAnswer } from "../grader/run-answer.js";

/** What a student reads about hw3's mistakes. It is set to say where. */
describe("hw3 says where a gradient is wrong", function () {
  this.timeout(120_000);
  let graded: GradedAssignment;
  before(async () => {
    graded = await gradedAssignment("hw3");
  });

  /** The results of some public checks for the reference with one edit. */
  async function edited(from: string, to: string, ids: readonly string[]): Promise<Map<string, CheckResult>> {
    const text = textOf({ name: from, points: 0, edits: [[from, to]] }, referenceOf("hw3"));
    const checks = graded.assignment.checks
      .filter(({ id }) => ids.includes(id))
      .map((check) => ({ ...check, needs: check.needs.filter((need) => ids.includes(need)) }));
    const some = { ...graded, assignment: { ...graded.assignment, checks }, hidden: [] };
    return new Map((await runAnswer(some, text)).map((result) => [result.id, result]));
  }

  const whereOf = (results: ReadonlyMap<string, CheckResult>, id: string): string | undefined =>
    results.get(id)?.advice?.where;

  it("shows the program, and the leaf", async () => {
    const results = await edited(
      "gradients.set(tensor, before ? before.add(dy) : dy);",
      "gradients.set(tensor, dy);",
      ["b-chain", "b-shared", "b-many-ways"],
    );
    expect(results.get("b-chain")?.state).to.equal("passed");
    expect(whereOf(results, "b-shared")).to.equal(
      "in b = a.add(a): all 6 elements of the gradient of leaf a are wrong",
    );
    expect(whereOf(results, "b-many-ways")).to.match(
      /^skipped: it needs "backward: an array that is read twice/,
    );
  });

  it("says which shape a gradient has, and should have", async () => {
    const results = await edited(
      "  return inner.sum(stretched, true);\n",
      "  return inner.sum(stretched);\n",
      ["u-front", "u-stretched", "r-shapes"],
    );
    expect(results.get("u-front")?.state).to.equal("passed");
    expect(whereOf(results, "u-stretched")).to.match(/ has shape \(4, 3\), expected \(4, 1, 3\)$/);
  });

  it("names a constant that got a gradient, and a changed array", async () => {
    const eager = await edited("new Tensor(this.data.mul(other.data), {}", "new Tensor(this.data, {}", [
      "f-products",
    ]);
    expect(whereOf(eager, "f-products")).to.match(/^in c = a\.mul\(b\): /);
    const all = await edited(
      "if (isDone || seen.has(tensor) || !tensor.requiresGrad) continue;",
      "if (isDone || seen.has(tensor)) continue;",
      ["b-chain", "b-leaves"],
    );
    expect(whereOf(all, "b-leaves")).to.equal(
      "in e = a.add(b); f = e.add(c); g = e.add(d): leaf b has a gradient, expected null: it is a constant",
    );
    const inPlace = await edited("before ? before.add(dy) : dy", "before ? before.addInPlace(dy) : dy", [
      "b-chain",
      "b-shared",
    ]);
    expect(inPlace.get("b-shared")?.cause).to.equal("changed");
    expect(whereOf(inPlace, "b-shared")).to.match(
      /^in b = a\.add\(a\): .*backward has changed the array upstream$/,
    );
  });

  it("lists the calls of backward and zeroGrad where there are several", async () => {
    const results = await edited("    this.grad = null;\n", "", ["b-again"]);
    expect(whereOf(results, "b-again")).to.match(
      /; e\.backward\(…\); f\.backward\(…\); zeroGrad of all; f\.backward\(…\): all 6 elements/,
    );
  });

  it("gives half of the points for a wrong sign", async () => {
    const results = await edited("this.grad -= out.grad;", "this.grad += out.grad;", ["v-neg-exp"]);
    expect(results.get("v-neg-exp")).to.include({ cause: "sign", share: 0.5 });
  });

  it("gives no part for a mask or a sign that is no honest slip", async () => {
    const first = "const some = inner.sum(stretched, true); some.flat().fill(0, 1); return some;";
    const masked = await edited("  return inner.sum(stretched, true);\n", first, ["u-front"]);
    expect(masked.get("u-front")).to.include({ state: "failed", share: 0 });
    const both = await edited("this.grad -= out.grad;", "this.grad += out.grad; out.grad = 7;", [
      "v-neg-exp",
    ]);
    expect(both.get("v-neg-exp")).to.include({ state: "failed", share: 0 });
  });

  it("leaves the order of backward to its own check", async () => {
    // Before its inputs, not after them.
    const from = "      for (const input of value.inputs) visit(input);\n      order.push(value);\n";
    const to = "      order.unshift(value);\n      for (const input of value.inputs) visit(input);\n";
    const results = await edited(from, to, [
      "v-chain",
      "v-shared",
      "v-order",
      "v-neg-exp",
      "v-mul",
      "v-relu",
    ]);
    const failed = [...results.values()].filter(({ state }) => state === "failed").map(({ id }) => id);
    expect(failed).to.deep.equal(["v-order"]);
  });

  it("refuses another import than np, in any spelling, and no words in comments", async () => {
    const top = "import {\n  type Axis,";
    const found = async (line: string): Promise<string | undefined> =>
      whereOf(await edited(top, `${line}\n${top}`, ["u-front"]), "u-front");
    expect(await found('import { tensor } from "chalk-and-tape/autograd";')).to.match(
      /^hw3\.ts imports "chalk-and-tape\/autograd"; import from chalk-and-tape\/np only/,
    );
    expect(await found('const other = await import("chalk-and-tape/manual");')).to.match(
      /imports ".*manual"/,
    );
    expect(
      await found(
        '// import { a } from "x"\nimport type { Tensor as T } from "chalk-and-tape/autograd";\nimport * as np from "chalk-and-tape/np";',
      ),
    ).to.equal(undefined);
  });
});
