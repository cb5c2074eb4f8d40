// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { contracts } from "chalk-and-tape/contracts";
import { exportPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { needsPython } from "./python.ts";
import { expectNear, inFolder, lossesIn, type Run, step, type Trainee, train } from "./torchrun-rig.ts";

type Name =
  | "Adam"
  | "AdamW"
  | "NAdam"
  | "RAdam"
  | "Adamax"
  | "RMSprop"
  | "Adagrad"
  | "Adadelta"
  | "Rprop"
  | "SGD";

/** Every option of every optimizer at its default, and at another value that PyTorch takes. */
const cases: readonly (readonly [Name, object])[] = [
  ["Adam", {}],
  ["Adam", { lr: 0.02, betas: [0.8, 0.99], eps: 1e-6, weightDecay: 0.1, amsgrad: true, maximize: true }],
  ["AdamW", { lr: 0.02 }],
  ["AdamW", { lr: 0.02, betas: [0.8, 0.99], eps: 1e-6, weightDecay: 0.1, amsgrad: true, maximize: true }],
  ["NAdam", { lr: 0.02 }],
  ["NAdam", { betas: [0.8, 0.99], eps: 1e-6, weightDecay: 0.1, momentumDecay: 0.01, maximize: true }],
  ["NAdam", { lr: 0.02, weightDecay: 0.1, decoupledWeightDecay: true }],
  ["RAdam", { lr: 0.02 }],
  ["RAdam", { betas: [0.8, 0.9], eps: 1e-6, weightDecay: 0.1, decoupledWeightDecay: true, maximize: true }],
  ["Adamax", { lr: 0.02 }],
  ["Adamax", { betas: [0.8, 0.99], eps: 1e-6, weightDecay: 0.1, maximize: true }],
  ["RMSprop", {}],
  ["RMSprop", { lr: 1e-3, alpha: 0.9, eps: 1e-6, weightDecay: 0.1, momentum: 0.9, centered: true }],
  ["RMSprop", { lr: 1e-3, momentum: 0.5, maximize: true }],
  ["Adagrad", { lr: 0.1 }],
  ["Adagrad", { lrDecay: 0.1, weightDecay: 0.1, initialAccumulatorValue: 0.5, eps: 1e-6, maximize: true }],
  ["Adadelta", {}],
  ["Adadelta", { lr: 0.5, rho: 0.8, eps: 1e-5, weightDecay: 0.1, maximize: true }],
  ["Rprop", { lr: 1e-3 }],
  ["Rprop", { lr: 1e-3, etas: [0.4, 1.3], stepSizes: [1e-5, 0.01], maximize: true }],
  ["SGD", { lr: 0.1 }],
  ["SGD", { lr: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true }],
  ["SGD", { lr: 0.1, momentum: 0.9, dampening: 0.5, maximize: true }],
];

const names = [...new Set(cases.map(([name]) => name))];

const [earlier, later, batchSize] = [7, 10, 8];
const rng = random(3);
const x = rng.normal(0, 1, [(earlier + later) * batchSize, 4]);
const y = rng.integers(0, 3, [(earlier + later) * batchSize]);
const batches = Array.from({ length: earlier + later }, (_, i) => {
  const rows: [number, number] = [i * batchSize, (i + 1) * batchSize];
  return { x: x.slice(rows), y: y.slice(rows) };
});
/** What PyTorch gets: the batches that our optimizers have not seen. */
const rest = {
  x: x.slice([earlier * batchSize, x.shape[0] as number]),
  y: y.slice([earlier * batchSize, y.size]),
};

/** Chalk's side of the cases with an even number, the tape's of the others. */
function trainee(name: Name, options: object, i: number): Trainee {
  const build = { rng: random(1) };
  if (i % 2 === 0) {
    const { Sequential, Linear, Tanh, CrossEntropyLoss, [name]: Optimizer } = manual;
    const model = new Sequential(new Linear(4, 6, build), new Tanh(), new Linear(6, 3, build));
    return { model, loss: new CrossEntropyLoss(), optimizer: new Optimizer(model.parameters(), options) };
  }
  const { Sequential, Linear, Tanh, CrossEntropyLoss, [name]: Optimizer } = autograd;
  const model = new Sequential(new Linear(4, 6, build), new Tanh(), new Linear(6, 3, build));
  return { model, loss: new CrossEntropyLoss(), optimizer: new Optimizer(model.parameters(), options) };
}

/** Two groups, and a layer that no optimizer moves. */
function grouped(): Trainee {
  const build = { rng: random(1) };
  const { Sequential, Linear, Tanh, CrossEntropyLoss, Adam } = manual;
  const layers = [new Linear(4, 6, build), new Linear(6, 6, build), new Linear(6, 3, build)] as const;
  const model = new Sequential(layers[0], new Tanh(), layers[1], new Tanh(), layers[2]);
  const at = (...names: string[]) => model.parameters().filter((p) => names.includes(p.name));
  const groups = [
    { parameters: at("4.weight"), lr: 0.05, weightDecay: 0.1 },
    { parameters: at("4.bias", "0.weight", "0.bias"), betas: [0.5, 0.9] as const },
  ];
  return { model, loss: new CrossEntropyLoss(), optimizer: new Adam(groups, { lr: 0.01 }) };
}

describe(`PyTorch continues from our optimizers after ${earlier} steps, for ${later} more, float64 to 1e-9`, () => {
  const started = [...cases.map(([name, options], i) => trainee(name, options, i)), grouped()];
  const fresh = names.map((name, i) => trainee(name, {}, i));
  const wanted: number[][] = [];
  const found: number[][] = [];
  before(async function () {
    needsPython(this, "torch", "safetensors");
    await inFolder(async (root) => {
      const runs: Run[] = [];
      for (const [i, one] of [...started, ...fresh].entries()) {
        if (started.includes(one)) for (const batch of batches.slice(0, earlier)) step(one, batch);
        const folder = join(root, `${i}`);
        await exportPyTorch(folder, { ...one, train: rest, batchSize });
        wanted.push(batches.slice(earlier).map((batch) => step(one, batch)));
        runs.push([folder, 1, "--no-shuffle", "--epochs", "1", "--losses", join(folder, "losses.txt")]);
      }
      train(runs);
      for (const [folder] of runs) found.push(lossesIn(join(folder, "losses.txt")));
    });
  });

  for (const [i, [name, options]] of cases.entries())
    it(`${name} ${JSON.stringify(options)}`, () => expectNear(found[i] ?? [], wanted[i] ?? [], 1e-9));

  it("Adam with two groups, and a layer in none", () =>
    expectNear(found[cases.length] ?? [], wanted[cases.length] ?? [], 1e-9));

  for (const [i, name] of names.entries())
    it(`${name} that has taken no step yet`, () => {
      const at = started.length + i;
      expectNear(found[at] ?? [], wanted[at] ?? [], 1e-9);
    });

  it("the table has every optimizer with every option", () => {
    const optimizers = Object.values(contracts).filter(({ options }) => "maximize" in options);
    for (const { name, options } of optimizers) {
      const tried = new Set(cases.flatMap(([one, given]) => (one === name ? Object.keys(given) : [])));
      expect([...tried].sort(), name).to.deep.equal(Object.keys(options).sort());
    }
  });
});
