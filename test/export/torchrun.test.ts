import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import type { StateDict } from "chalk-and-tape/contracts";
import { take } from "chalk-and-tape/datasets";
import { exportPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { loadState } from "chalk-and-tape/training";
import { isExhaustive } from "../exhaustive.ts";
import { needsPython } from "./python.ts";
import { type DType, type NetworkName, networks } from "./torchrun-networks.ts";
import {
  batchesOf,
  type Chalk,
  expectNear,
  inFolder,
  inParts,
  lossesIn,
  type Run,
  step,
  torchrun,
  train,
} from "./torchrun-rig.ts";

interface Case {
  readonly network: NetworkName;
  readonly dtype: DType;
  readonly ranks: number;
  readonly steps: number;
}
const few: readonly Case[] = [
  { network: "Mlp", dtype: "float64", ranks: 2, steps: 10 },
  { network: "Mlp", dtype: "float64", ranks: 4, steps: 6 }, // the parts of the fifth batch: 0, 1, 1 and 1 rows
  { network: "Mlp", dtype: "float32", ranks: 2, steps: 10 },
  { network: "LeNet5", dtype: "float64", ranks: 2, steps: 5 },
  { network: "ResNet20", dtype: "float64", ranks: 1, steps: 3 },
  { network: "ResNet20", dtype: "float64", ranks: 2, steps: 3 },
];
const many: readonly Case[] = (["Mlp", "LeNet5"] as const).flatMap((network) =>
  [1, 2, 4].flatMap((ranks): Case[] => [
    { network, dtype: "float64", ranks, steps: 50 },
    { network, dtype: "float32", ranks, steps: 10 },
  ]),
);
const cases: readonly Case[] = isExhaustive ? [...few, ...many] : few;
const bounds = { float64: 1e-9, float32: 1e-5 };

/** What train.py did in one case. */
interface Trained {
  readonly losses: number[];
  readonly printed: string;
  readonly weights: StateDict;
}

describe("train.py of an export", () => {
  const trained: Trained[] = [];
  const shuffled: number[][] = [];
  let underTorchrun: number[] = [];

  before(async function () {
    needsPython(this, "torch", "safetensors");
    await inFolder(async (root) => {
      const at = (folder: string, ...args: readonly string[]): string[] => [
        "--losses",
        join(folder, "losses.txt"),
        ...args,
      ];
      const runs: Run[] = [];
      for (const [i, { network, dtype, ranks, steps }] of cases.entries()) {
        const folder = join(root, `${i}`);
        const { data, batchSize, normalizeBy, ...sides } = networks[network];
        const trainee = i % 2 === 0 ? sides.chalk(dtype) : sides.tape(dtype);
        await exportPyTorch(folder, {
          ...trainee,
          train: data,
          test: take(data, 101),
          batchSize,
          normalizeBy,
        });
        runs.push([folder, ranks, ...at(folder, "--no-shuffle", "--steps", `${steps}`)]);
      }
      const { data, batchSize, chalk } = networks.Mlp;
      for (const ranks of [1, 2]) {
        const folder = join(root, `shuffled-${ranks}`);
        await exportPyTorch(folder, { ...chalk("float64"), train: data, batchSize, seed: 5 });
        runs.push([folder, ranks, ...at(folder, "--epochs", "2")]);
      }
      train(runs);
      for (const [folder] of runs.slice(0, cases.length))
        trained.push({
          losses: lossesIn(join(folder, "losses.txt")),
          printed: readFileSync(join(folder, "printed.txt"), "utf8"),
          weights: await loadState(join(folder, "trained.safetensors")),
        });
      for (const [folder] of runs.slice(cases.length)) shuffled.push(lossesIn(join(folder, "losses.txt")));
      const [folder] = runs[0] as Run;
      const given = ["--no-shuffle", "--steps", "3", "--epochs", "7", "--lr", "0.1", "--seed", "1"];
      torchrun(2, join(folder, "train.py"), at(folder, ...given, "--dtype", "float64", "--batch-size", "20"));
      underTorchrun = lossesIn(join(folder, "losses.txt"));
    });
  });

  for (const [i, { network, dtype, ranks, steps }] of cases.entries()) {
    const { data, batchSize, normalizeBy, chalk, tape } = networks[network];
    const isParted = network === "ResNet20" && ranks > 1;
    const ours = isParted ? "chalk's with the statistics of each part" : "chalk's and the tape's";
    it(`${network} on ${ranks} rank(s), ${dtype}: ${steps} losses and the weights are ${ours}`, async () => {
      const batches = await batchesOf(data, { batchSize, dtype, steps, normalizeBy });
      const { losses, weights } = trained[i] as Trained;
      const sides = isParted ? [chalk(dtype)] : [chalk(dtype), tape(dtype)];
      for (const trainee of sides) {
        const wanted = isParted
          ? inParts(trainee as Chalk, chalk(dtype), batches)
          : batches.map((batch) => step(trainee, batch));
        expectNear(losses, wanted, bounds[dtype]);
        if (dtype === "float64") expectSameState(weights, trainee.model.stateDict());
        else expect(Object.keys(weights).sort()).to.deep.equal(Object.keys(trainee.model.stateDict()).sort());
      }
    });
  }

  for (const [i, { network, ranks, steps, dtype }] of few.entries()) {
    if (i > 0 && (network !== "ResNet20" || ranks === 1)) continue;
    it(`what it prints for ${network} on ${ranks} ranks is the loss and accuracy of rank 0's network`, async () => {
      const { data, batchSize, normalizeBy, chalk } = networks[network];
      const batches = await batchesOf(data, { batchSize, dtype, steps, normalizeBy });
      const trainee = chalk(dtype);
      if (network === "ResNet20") inParts(trainee, chalk(dtype), batches);
      else for (const batch of batches) step(trainee, batch);
      const held = await batchesOf(take(data, 101), { batchSize: 101, dtype, steps: 1, normalizeBy });
      const { loss, accuracy } = await manual.evaluate(
        trainee.model,
        eachOf(held),
        new manual.CrossEntropyLoss(),
      );
      const lines = trained[i]?.printed.trim().split("\n") ?? [];
      const last = `; test loss ${loss.toFixed(5)}, accuracy ${(100 * (accuracy ?? 0)).toFixed(2)}%`;
      expect(lines.length).to.equal(Math.ceil(steps / Math.ceil(data.y.size / batchSize)));
      expect(lines.at(-1))
        .to.match(/^epoch \d: loss \d\.\d{5}; /)
        .and.to.include(last);
    });
  }

  it("trained.safetensors is taken back by both sides", () => {
    const { weights } = trained[0] as Trained;
    for (const model of [new manual.Mlp({ rng: random(9) }), new autograd.Mlp({ rng: random(9) })]) {
      model.loadStateDict(weights);
      expectSameState(model.stateDict(), weights);
    }
  });

  it("the order of the items is random, and does not depend on the number of ranks", async () => {
    const { data, batchSize, chalk } = networks.Mlp;
    const trainee = chalk("float64");
    const batches = await batchesOf(data, { batchSize, dtype: "float64", steps: 10 });
    const inOrder = batches.map((batch) => step(trainee, batch));
    const [one = [], two = []] = shuffled;
    expectNear(two, one, 1e-9);
    for (const [i, loss] of inOrder.entries()) expect(one[i]).not.to.be.closeTo(loss, 1e-6);
  });

  it("torchrun runs it, with all its options", async () => {
    const { data, chalk } = networks.Mlp;
    const trainee = chalk("float64");
    for (const group of trainee.optimizer.groups) group.lr = 0.1;
    const batches = await batchesOf(data, { batchSize: 20, dtype: "float64", steps: 3 });
    expectNear(
      underTorchrun,
      batches.map((batch) => step(trainee, batch)),
      1e-9,
    );
  });

  it("a tape layer in two places is one in PyTorch, and its weights come back under both names", async function () {
    this.timeout(60_000);
    const dtype = "float64";
    const shared = new autograd.Linear(4, 4, { rng: random(5), dtype });
    const model = new autograd.Sequential(shared, new autograd.Tanh(), shared);
    const data = { x: random(6).normal(0, 1, [12, 4]), y: random(7).integers(0, 4, [12]).astype("int32") };
    const trainee = {
      model,
      loss: new autograd.CrossEntropyLoss(),
      optimizer: new autograd.Adam(model.parameters()),
    };
    await inFolder(async (folder) => {
      await exportPyTorch(folder, { ...trainee, train: data, batchSize: 4 });
      train([[folder, 1, "--no-shuffle", "--steps", "3", "--losses", join(folder, "losses.txt")]]);
      const batches = await batchesOf(data, { batchSize: 4, dtype, steps: 3 });
      const ours = batches.map((batch) => step(trainee, batch));
      expectNear(lossesIn(join(folder, "losses.txt")), ours, 1e-9);
      const weights = await loadState(join(folder, "trained.safetensors"));
      expect(Object.keys(weights)).to.include.members(["0.weight", "2.weight"]);
    });
  });
});

async function* eachOf<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list;
}

function expectSameState(actual: StateDict, wanted: StateDict): void {
  expect(Object.keys(actual).sort()).to.deep.equal(Object.keys(wanted).sort());
  for (const [name, array] of Object.entries(wanted)) {
    const [x, y] = [actual[name]?.flat() ?? [], array.flat()];
    let difference = 0;
    for (let i = 0; i < y.length; i++)
      difference = Math.max(difference, Math.abs(Number(y[i]) - Number(x[i])));
    expect(difference, name).to.be.below(1e-8);
  }
}
