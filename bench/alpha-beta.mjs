// node bench/alpha-beta.mjs: the sum for a cluster. A ring all-reduce of M bytes over R ranks takes 2 (R − 1) (α + β M / R): α is the time of a
// message without content, β that of one byte. Beside it stands the measured step of a part of the batch (part-steps.json).
// Writes its tables into docs/beyond-one-machine.md, between the marks.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tape from "chalk-and-tape/autograd";
import { summary } from "chalk-and-tape/compare";
import { random } from "chalk-and-tape/np";
import { networks } from "./cluster-networks.mjs";
import { markdownTable, onMachine, twoDigits, writeInto } from "./report/page.mjs";

/** α in microseconds, bandwidth in Gbit/s, and by how much a rank computes faster than two cores of part-steps.json. */
export const links = [
  { name: "1 Gbit/s Ethernet", alpha: 30, gigabits: 1, faster: 1 },
  { name: "10 Gbit/s Ethernet", alpha: 30, gigabits: 10, faster: 1 },
  { name: "25 Gbit/s Ethernet", alpha: 30, gigabits: 25, faster: 1 },
  { name: "100 Gbit/s Ethernet", alpha: 14, gigabits: 100, faster: 1 },
  { name: "InfiniBand NDR, 400 Gbit/s", alpha: 14, gigabits: 400, faster: 100 },
  { name: "NVLink 4, 3600 Gbit/s", alpha: 3.4, gigabits: 3600, faster: 100 },
];

/** Seconds of one all-reduce of `bytes` over `ranks`. */
export function allReduceSeconds({ alpha, gigabits }, bytes, ranks) {
  const beta = 8 / (gigabits * 1e9);
  return 2 * (ranks - 1) * (alpha * 1e-6 + (beta * bytes) / ranks);
}

/** How many times faster a step of the whole batch is on `ranks` than on one; the parts' steps are in milliseconds. */
export function speedUp(link, { bytes, batch, steps }, ranks) {
  const seconds = (rows) => steps.find((step) => step.rows === rows).ms / 1000 / link.faster;
  return seconds(batch) / (seconds(batch / ranks) + allReduceSeconds(link, bytes, ranks));
}

const measured = JSON.parse(readFileSync(new URL("part-steps.json", import.meta.url), "utf8"));

/** The networks with their sizes and measured steps. */
export const sized = networks.map(({ name, batch, item, build }) => {
  const { parameters, multiplyAdds } = summary(build(tape, random(0)), [1, ...item]);
  const { steps } = measured.networks.find((one) => one.name === name);
  return { name, batch, parameters, bytes: 4 * parameters, multiplyAdds, steps };
});

/** Both tables, as Markdown. */
export function tables() {
  const sizes = sized.map(({ name, batch, parameters, bytes, multiplyAdds, steps }) => [
    `\`${name}\``,
    parameters.toLocaleString("en"),
    `${twoDigits(bytes / 1e6)} MB`,
    `${twoDigits(multiplyAdds / 1e6)} million`,
    `${twoDigits(multiplyAdds / parameters)}`,
    ...[1, 4, 16].map((ranks) => `${twoDigits(steps.find(({ rows }) => rows === batch / ranks).ms)} ms`),
  ]);
  const pays = links.map((link) => [
    link.name,
    `${link.alpha} µs`,
    link.faster === 1 ? "as here" : `${link.faster} times as fast`,
    ...sized.map((one) => [4, 16].map((ranks) => twoDigits(speedUp(link, one, ranks))).join(" and ")),
  ]);
  const parts = ["a step of 64 items", "of 16", "of 4"];
  return [
    markdownTable(
      ["network", "parameters", "float32", "multiply-adds an item", "for each parameter", ...parts],
      sizes,
    ),
    "",
    `Measured on ${onMachine(measured.machine)}, tape, float32, SGD (\`bench/part-steps.json\`).`,
    "",
    markdownTable(
      ["link", "α", "each rank computes", ...sized.map(({ name }) => `\`${name}\`, 4 and 16 ranks`)],
      pays,
    ),
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeInto(new URL("../docs/beyond-one-machine.md", import.meta.url), "alpha-beta", tables());
  console.log(tables());
}
