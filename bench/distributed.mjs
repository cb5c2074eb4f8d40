// node bench/distributed.mjs: the share of a training step that 1, 2 and 4 ranks on this machine spend on adding up their gradients. Both sides,
// float32, one global batch whatever the number of ranks, one thread a rank. Each round starts 1, 2 and 4 ranks, in an order that is rotated;
// in each process the sides take steps in turn. Medians. Writes bench/distributed.json and the table in bench/README.md.
// --rounds (5), --seconds (4) of each process and network, --mpirun names the launcher, --networks some of Mlp,ResNet20.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as autograd from "chalk-and-tape/autograd";
import { averageGradients, distributed } from "chalk-and-tape/distributed";
import * as manual from "chalk-and-tape/manual";
import { engine, random } from "chalk-and-tape/np";
import { items, networks } from "./cluster-networks.mjs";
import { nodeFlags } from "./contenders/ours.mjs";
import { markdownTable, measuredOn, onMachine, writeInto } from "./report/page.mjs";
import { median } from "./report/statistics.mjs";

const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
const { values: options } = parseArgs({
  args: isProgram ? process.argv.slice(2) : [],
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    mpirun: { type: "string", default: "mpirun" },
    networks: { type: "string", default: "Mlp,ResNet20" },
    rank: { type: "boolean", default: false },
  },
});
const sides = { chalk: manual, tape: autograd };
const phases = ["compute", "wait", "sum", "update"];

/** One step after the other, of both sides in turn, until the time is over on rank 0; rank 0 prints the medians of each phase. */
function measure() {
  const ranks = distributed();
  const found = {};
  for (const { name, batch, item, build } of networks.filter(({ name }) =>
    options.networks.split(",").includes(name),
  )) {
    const [from, to] = [ranks.rank, ranks.rank + 1].map((r) => Math.floor((r * batch) / ranks.size));
    const { x, y } = items(item, batch);
    const part = { x: x.slice([from, to]), y: y.slice([from, to]) };
    const steps = Object.entries(sides).map(([side, room]) => {
      const network = build(room, random(1));
      const [loss, optimizer] = [
        new room.CrossEntropyLoss(),
        new room.SGD(network.parameters(), { lr: 0.01 }),
      ];
      const ms = Object.fromEntries(phases.map((phase) => [phase, []]));
      const step = () => {
        const times = [performance.now()];
        const { loss: value } = room.computeGradients(network, part, loss);
        times.push(performance.now());
        ranks.barrier(); // so that waiting for the slowest rank is not counted as adding up
        times.push(performance.now());
        averageGradients(ranks, network, loss, { value, rows: to - from });
        times.push(performance.now());
        optimizer.step();
        optimizer.zeroGrad();
        times.push(performance.now());
        for (const [i, phase] of phases.entries()) ms[phase].push(times[i + 1] - times[i]);
      };
      return { side, step, ms };
    });
    for (let i = 0; i < 2; i++) for (const { step } of steps) step(); // warms up
    for (const { ms } of steps) for (const phase of phases) ms[phase].length = 0;
    const end = performance.now() + Number(options.seconds) * 1000;
    const goOn = Uint8Array.of(1);
    while (goOn[0] === 1) {
      for (const { step } of steps) step();
      goOn[0] = performance.now() < end || steps[0].ms.sum.length < 3 ? 1 : 0;
      ranks.broadcast(goOn);
    }
    for (const { side, ms } of steps)
      found[`${name} ${side}`] = Object.fromEntries(phases.map((phase) => [phase, median(ms[phase])]));
  }
  if (ranks.rank === 0) console.log(JSON.stringify({ found, mpi: String(ranks), engine: engine().name }));
}

/** What the launcher needs as root, and with more ranks than cores. */
function launcherFlags() {
  const { stdout = "" } = spawnSync(options.mpirun, ["--version"], { encoding: "utf8" });
  const isOpen = /Open MPI|OpenRTE/.test(stdout);
  return isOpen
    ? ["--allow-run-as-root", "--oversubscribe", "--mca", "btl_vader_single_copy_mechanism", "none"]
    : [];
}

function runRanks(count) {
  const self = [process.execPath, ...nodeFlags, fileURLToPath(import.meta.url), "--rank"];
  const words = [...self, "--seconds", options.seconds, "--networks", options.networks];
  const [command, ...args] =
    count === 1 ? words : [options.mpirun, ...launcherFlags(), "-n", String(count), ...words];
  const env = { ...process.env, CHALK_THREADS: "1" };
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", env });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout.split("\n").find((line) => line.startsWith("{")));
}

const rounded = (x) => Number(x.toPrecision(4));

/** Runs all rounds. */
function rounds() {
  const counts = [1, 2, 4];
  const runs = [];
  const before = measuredOn(); // its load is that of other programs
  for (let round = 0; round < Number(options.rounds); round++)
    for (let i = 0; i < counts.length; i++) {
      const ranks = counts[(i + round) % counts.length];
      const run = runRanks(ranks);
      runs.push({ ranks, ...run });
      console.error(`round ${round + 1}, ${run.mpi}: ${Object.entries(run.found).map(([name, { sum }]) => `${name} ${rounded(sum)} ms`).join(", ")}`); // biome-ignore format: one line
    }
  const on = { ...before, engine: runs[0].engine };
  const results = Object.keys(runs[0].found).flatMap((name) =>
    counts.map((ranks) => {
      const [network, side] = name.split(" ");
      const own = runs.filter((run) => run.ranks === ranks).map(({ found }) => found[name]);
      const ms = Object.fromEntries(
        phases.map((phase) => [phase, rounded(median(own.map((one) => one[phase])))]),
      );
      return { network, side, ranks, moreThanCores: ranks > on.cores, ms };
    }),
  );
  const mpi = runs.find(({ ranks }) => ranks > 1).mpi.replace(/.*\((.*)\)/, "$1");
  return { machine: on, mpi, rounds: Number(options.rounds), results };
}

const total = ({ ms }) => phases.reduce((sum, phase) => sum + ms[phase], 0);

/** The table of bench/README.md. */
export function table({ results }) {
  const percent = (x) => `${(100 * x).toFixed(x < 0.095 ? 1 : 0)} %`;
  const rows = results.map((result) => {
    const { network, side, ranks, moreThanCores, ms } = result;
    const alone = results.find((one) => one.network === network && one.side === side && one.ranks === 1);
    return [
      `\`${network}\``,
      side,
      `${ranks}${moreThanCores ? " \\*" : ""}`,
      ...["compute", "wait", "sum"].map((phase) =>
        ranks === 1 && phase !== "compute" ? "–" : percent(ms[phase] / total(result)),
      ),
      (total(alone) / total(result)).toFixed(2),
    ];
  });
  return markdownTable(
    [
      "network",
      "side",
      "ranks",
      "forward and backward",
      "waiting for the slowest",
      "all-reduce",
      "times as fast as 1 rank",
    ],
    rows,
  );
}

/** Table and circumstances, as Markdown. */
export function section(report) {
  return `${table(report)}\n\nMeasured on ${onMachine(report.machine)}, one thread a rank, ${report.mpi}; medians of ${report.rounds} rounds (\`bench/distributed.json\`).\n\\* more ranks than cores: they take turns.`;
}

if (isProgram) {
  if (options.rank) measure();
  else {
    const report = rounds();
    writeFileSync(new URL("distributed.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
    writeInto(new URL("README.md", import.meta.url), "distributed", section(report));
    console.log(section(report));
  }
}
