/** A training loop of one's own, on either side (the first argument): twenty steps with dropout-free layers, a class-weighted loss, and parts that are unequal or empty. */
import { createHash } from "node:crypto";
import * as tape from "chalk-and-tape/autograd";
import { averageGradients, distributed } from "chalk-and-tape/distributed";
import * as chalk from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";

const ranks = distributed();
const rng = random(7);
const [items, batchSize, steps] = [33, 10, 20];
const x = rng.normal(0, 1, [items, 6]);
const y = array(
  Array.from({ length: items }, (_, i) => (i * i) % 3),
  { dtype: "int32" },
);
const weight = array([0.5, 1, 2.25]);
const losses: number[] = [];

/** This rank's rows of every batch; the last batch has three rows. */
function* parts(): Generator<{ x: NDArray; y: NDArray }> {
  for (let step = 0; step < steps; step++) {
    const from = (step % 4) * batchSize;
    const n = Math.min(batchSize, items - from);
    const [a, b] = [0, 1].map((next) => from + Math.floor(((ranks.rank + next) * n) / ranks.size));
    yield { x: x.slice([a as number, b as number]), y: y.slice([a as number, b as number]) };
  }
}

function onChalk(): NDArray[] {
  const model = new chalk.Sequential(
    new chalk.Linear(6, 8, { rng, dtype: "float64" }),
    new chalk.Tanh(),
    new chalk.Linear(8, 3, { rng, dtype: "float64" }),
  );
  const loss = new chalk.CrossEntropyLoss({ weight });
  const optimizer = new chalk.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  for (const batch of parts()) {
    optimizer.zeroGrad();
    const rows = batch.x.shape[0] as number;
    const value = rows === 0 ? 0 : chalk.computeGradients(model, batch, loss).loss;
    losses.push(averageGradients(ranks, model, loss, { value, rows }));
    optimizer.step();
  }
  return model.parameters().map((p) => p.value);
}

function onTape(): NDArray[] {
  const model = new tape.Sequential(
    new tape.Linear(6, 8, { rng, dtype: "float64" }),
    new tape.Tanh(),
    new tape.Linear(8, 3, { rng, dtype: "float64" }),
  );
  const loss = new tape.CrossEntropyLoss({ weight });
  const optimizer = new tape.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  for (const batch of parts()) {
    optimizer.zeroGrad();
    const rows = batch.x.shape[0] as number;
    const value = rows === 0 ? 0 : tape.computeGradients(model, batch, loss).loss;
    losses.push(averageGradients(ranks, model, loss, { value, rows }));
    optimizer.step();
  }
  return model.parameters().map((p) => p.data);
}

const weights = process.argv[2] === "chalk" ? onChalk() : onTape();
const bits = createHash("sha256");
for (const one of weights) bits.update(one.flat() as Float64Array);
console.log(JSON.stringify({ rank: ranks.rank, size: ranks.size, losses, bits: bits.digest("hex") }));
