import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type Case, cases } from "chalk-and-tape/compare";
import type { AnyNetwork } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { concatenate, type NDArray, random, stack } from "chalk-and-tape/np";
import { leafNames } from "#internal/export";
import { expectAnswer, exported, type Pair, redraw } from "./both-sides.ts";
import { type Answer, inPyTorch } from "./in-pytorch.ts";
import { needsPython } from "./python.ts";

/** The rows of the case table about layers, activations, blocks and networks. */
const rows = cases.filter((row) => !row.optimizer && !row.inputs.target && !row.name.endsWith("Loss"));

describe("every row of the case table in PyTorch", function () {
  this.timeout(120_000);
  let answers: Answer[] = [];
  const pairs: Pair[] = [];

  before(async function () {
    needsPython(this, "torch", "safetensors.torch");
    pairs.push(...rows.map(pairOf), nonlinearClassifier());
    answers = await inPyTorch(pairs.map(exported));
  });

  it("covers every layer", () => {
    const covered = new Set([...rows.map(({ name }) => name), "NonlinearClassifier"]);
    expect(leafNames.filter((name) => !covered.has(name))).to.deep.equal([]);
  });

  for (const [i, title] of [...rows.map(titleOf), "NonlinearClassifier"].entries())
    it(title, () => expectAnswer(pairs[i] as Pair, answers[i] as Answer, boundOf(title)));
});

/** A batch normalisation takes the root of its float32 statistics in float32; PyTorch computes here in float64. */
function boundOf(title: string): number {
  return /^BatchNorm.d: float32/.test(title) ? 1e-7 : 1e-12;
}

/** Its own row checks it together with its loss. */
function nonlinearClassifier(): Pair {
  const rng = random(1);
  const [W1, W2] = [rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])];
  const chalk = new manual.NonlinearClassifier(W1, W2);
  const tape = new autograd.NonlinearClassifier(new autograd.Tensor(W1, true), new autograd.Tensor(W2, true));
  const batches = [[rng.normal(0, 1, [2, 6])], [rng.normal(0, 1, [2, 3])]];
  return { title: "NonlinearClassifier", networks: [chalk, tape], batches };
}

/** Both sides of a row with new weights, its inputs, and a batch of two draws. */
function pairOf(row: Case): Pair {
  const [chalk, tape] = [row.manual(random(1)), row.autograd(random(1))] as unknown as [
    AnyNetwork,
    AnyNetwork,
  ];
  redraw(chalk, random(2));
  tape.loadStateDict(chalk.stateDict());
  const rng = random(3);
  const draw = (): NDArray[] =>
    [row.inputs.x, row.inputs.x2].flatMap((one) => (one ? [inFloat64(one(rng))] : []));
  const [first, second] = [draw(), draw()];
  const both = first.map((x, k) => {
    const two = [x, second[k] as NDArray];
    return row.inputs.batchAxis === null ? stack(two) : concatenate(two, row.inputs.batchAxis);
  });
  return { title: titleOf(row), networks: [chalk, tape], batches: [first, both] };
}

function titleOf({ name, what }: Case): string {
  return `${name}: ${what}`;
}

/** A float32 layer computes float64 x in float64. */
function inFloat64(x: NDArray): NDArray {
  return x.dtype === "float32" ? x.astype("float64") : x;
}
