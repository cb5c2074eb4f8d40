// node --no-concurrent-marking bench/part-steps.mjs: what a training step costs on a part of a batch, in one process on all cores: the whole
// batch, a half, a quarter and so on, as one of 1, 2, 4, 8 or 16 ranks would take it. Tape, float32, plain SGD, medians, in turn.
// Writes bench/part-steps.json, which alpha-beta.mjs reads. --seconds (20) is each network's time.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as tape from "chalk-and-tape/autograd";
import { engine, random } from "chalk-and-tape/np";
import { items, networks } from "./cluster-networks.mjs";
import { measuredOn } from "./report/page.mjs";
import { median } from "./report/statistics.mjs";

const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "20" } } });

/** A step on `rows` items as `train` takes it. */
function stepOf({ item, build }, rows) {
  const network = build(tape, random(1));
  const [loss, optimizer] = [new tape.CrossEntropyLoss(), new tape.SGD(network.parameters(), { lr: 0.01 })];
  const batch = items(item, rows);
  return () => {
    tape.computeGradients(network, batch, loss);
    optimizer.step();
    optimizer.zeroGrad();
  };
}

const results = networks.map((network) => {
  const parts = [1, 2, 4, 8, 16].map((ranks) => {
    const rows = network.batch / ranks;
    return { rows, step: stepOf(network, rows), ms: [] };
  });
  for (let i = 0; i < 3; i++) for (const { step } of parts) step(); // warms up
  const end = performance.now() + Number(options.seconds) * 1000;
  while (performance.now() < end || parts[0].ms.length < 5) {
    for (const { step, ms } of parts) {
      const start = performance.now();
      step();
      ms.push(performance.now() - start);
    }
  }
  const steps = parts.map(({ rows, ms }) => ({
    rows,
    ms: Number(median(ms).toPrecision(4)),
    steps: ms.length,
  }));
  console.log(network.name.padEnd(10), steps.map(({ rows, ms }) => `${rows}: ${ms} ms`).join("   "));
  return { name: network.name, batch: network.batch, steps };
});

const file = new URL("part-steps.json", import.meta.url);
const report = {
  machine: { ...measuredOn(), engine: engine().name },
  side: "tape",
  dtype: "float32",
  networks: results,
};
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
