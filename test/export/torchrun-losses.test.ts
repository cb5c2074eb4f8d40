import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { contracts } from "chalk-and-tape/contracts";
import { exportPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { array, exp, logsumexp, type NDArray, random, sigmoid } from "chalk-and-tape/np";
import { needsPython } from "./python.ts";
import {
  batchesOf,
  type Chalk,
  expectNear,
  inFolder,
  lossesIn,
  type Run,
  step,
  train,
} from "./torchrun-rig.ts";

const [rows, classes, batchSize, steps] = [11, 3, 4, 6]; // batches of 4, 4 and 3 rows: parts of 2 and 2, then 1 and 2
const rng = random(7);
const x = rng.normal(0, 1, [rows, 4]);
const scores = rng.normal(0, 1, [rows, classes]);
const indices = rng.integers(0, classes, [rows]);
const some = array([-100, 1, 2, 0, -100, -100, 1, 1, 2, 0, 2], { dtype: "int32" });
const probabilities = exp(scores.sub(logsumexp(scores, 1, true)));
const shares = sigmoid(scores);
const signs = scores.greater(0).astype("float64").mul(2).sub(1);
const weight = array([0.5, 1, 3]);

/** What a loss takes the output of the last layer through. */
const activations = {
  none: () => new manual.Identity(),
  sigmoid: () => new manual.Sigmoid(),
  logSoftmax: () => new manual.LogSoftmax(-1),
};
type Row = readonly [loss: manual.Loss, target: NDArray, activation?: keyof typeof activations];

const cases: readonly Row[] = [
  [new manual.CrossEntropyLoss(), indices],
  [new manual.CrossEntropyLoss({ reduction: "sum" }), indices],
  [new manual.CrossEntropyLoss({ weight, labelSmoothing: 0.1 }), some],
  [new manual.CrossEntropyLoss({ ignoreIndex: 1 }), indices],
  [new manual.CrossEntropyLoss({ weight, labelSmoothing: 0.2 }), probabilities],
  [new manual.NLLLoss({ weight, ignoreIndex: 0 }), indices, "logSoftmax"],
  [new manual.MultiMarginLoss({ p: 2, margin: 0.5, weight }), indices],
  [new manual.BCEWithLogitsLoss({ weight: weight.reshape(1, 3), posWeight: weight.mul(2) }), shares],
  [new manual.BCELoss({ weight }), shares, "sigmoid"],
  [new manual.MSELoss(), scores],
  [new manual.MSELoss({ reduction: "sum" }), scores],
  [new manual.L1Loss(), scores],
  [new manual.HuberLoss({ delta: 0.5 }), scores],
  [new manual.SmoothL1Loss({ beta: 0.5 }), scores],
  [new manual.KLDivLoss(), probabilities, "logSoftmax"],
  [new manual.KLDivLoss({ reduction: "batchmean", logTarget: true }), scores, "logSoftmax"],
  [new manual.HingeEmbeddingLoss({ margin: 0.5 }), signs],
];

function trainee([loss, , activation = "none"]: Row): Chalk {
  const model = new manual.Sequential(
    new manual.Linear(4, classes, { rng: random(1) }),
    activations[activation](),
  );
  return { model, loss, optimizer: new manual.SGD(model.parameters(), { lr: 0.05, momentum: 0.9 }) };
}

describe("every loss on two ranks is ours, in parts of unequal weight, float64 to 1e-9", () => {
  const found: number[][] = [];
  before(async function () {
    needsPython(this, "torch", "safetensors");
    await inFolder(async (root) => {
      const runs: Run[] = [];
      for (const [i, row] of cases.entries()) {
        const folder = join(root, `${i}`);
        await exportPyTorch(folder, { ...trainee(row), train: { x, y: row[1] }, batchSize });
        const losses = join(folder, "losses.txt");
        runs.push([folder, 2, "--no-shuffle", "--steps", `${steps}`, "--losses", losses]);
      }
      train(runs);
      for (const [folder] of runs) found.push(lossesIn(join(folder, "losses.txt")));
    });
  });

  for (const [i, row] of cases.entries())
    it(String(row[0]), async () => {
      const own = trainee(row);
      const batches = await batchesOf({ x, y: row[1] }, { batchSize, dtype: "float64", steps });
      expectNear(
        found[i] ?? [],
        batches.map((batch) => step(own, batch)),
        1e-9,
      );
    });

  it("the table has every loss of one prediction", () => {
    const losses = Object.keys(contracts).filter((name) => name.endsWith("Loss") && name in autograd);
    const tried = new Set(cases.map(([loss]) => loss.constructor.name));
    expect([...tried, "CosineEmbeddingLoss"].sort()).to.deep.equal(losses.sort());
  });
});
