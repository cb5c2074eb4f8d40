// node bench/gradcheck.mjs: what a gradient check costs against the number of parameters, three ways: every parameter by what its
// perturbation can reach (the default), every parameter by whole forwards (--full), random directions (--directional).
// Writes bench/gradcheck.json and bench/gradcheck.svg. Medians of 3, in turn; --full only as far as it takes less than a minute.
import { writeFileSync } from "node:fs";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { concatenate } from "chalk-and-tape/np";
import { toSvg } from "chalk-and-tape/plots";
import { checkCase } from "../dist/compare/internal.js";

const widths = [
  [16, 16, 8, 10],
  [64, 32, 16, 10],
  [196, 64, 32, 10],
  [392, 128, 64, 10],
  [784, 256, 64, 10],
  [784, 512, 128, 10],
  [784, 1024, 256, 10],
];

const net = (side, [d, a, b, c], rng) =>
  new side.Sequential(
    new side.Linear(d, a, { rng }),
    new side.ReLU(),
    new side.Linear(a, b, { rng }),
    new side.ReLU(),
    new side.Linear(b, c, { rng }),
  );

const row = (sizes) => ({
  name: "Sequential",
  what: sizes.join("-"),
  manual: (rng) => net(manual, sizes, rng),
  autograd: (rng) => net(autograd, sizes, rng),
  x: (rng) => {
    const x = rng.normal(0, 1, [3, sizes[0]]);
    return concatenate([x, x.neg()]);
  },
  everyParameter: true,
});

const ways = { "by reach": {}, "whole forwards": { full: true }, directions: { directional: true } };
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const points = [];
const last = { "whole forwards": 0 };
console.log(
  `${"network".padEnd(18)}${"parameters".padStart(11)}${Object.keys(ways)
    .map((way) => way.padStart(16))
    .join("")}   seconds`,
);
for (const sizes of widths) {
  const parameters = sizes.slice(1).reduce((sum, n, i) => sum + n * (sizes[i] + 1), 0);
  const line = [];
  for (const [way, options] of Object.entries(ways)) {
    // Grows with the square of the parameters or faster: the next one would take over a minute.
    if (way === "whole forwards" && last[way] > 3) {
      line.push("–");
      continue;
    }
    const times = [];
    for (let i = 0; i < (last[way] > 1 ? 1 : 3); i++) {
      const start = performance.now();
      const { failed } = checkCase(row(sizes), { seed: i, ...options });
      times.push((performance.now() - start) / 1000);
      if (failed > 0) throw new Error(`${sizes.join("-")}: ${failed} checks failed`);
    }
    last[way] = median(times);
    points.push({ parameters, way, seconds: median(times) });
    line.push(median(times).toFixed(2));
  }
  console.log(
    `${sizes.join("-").padEnd(18)}${parameters.toLocaleString("en").padStart(11)}${line.map((x) => x.padStart(16)).join("")}`,
  );
}

const folder = new URL("./", import.meta.url);
writeFileSync(
  new URL("gradcheck.json", folder),
  `${JSON.stringify({ node: process.versions.node, points }, null, 2)}\n`,
);
const svg = await toSvg({
  width: 520,
  height: 320,
  description:
    "Seconds of a gradient check against the number of parameters, both on logarithmic axes, for three ways.",
  title: "A gradient check of every parameter, in seconds",
  data: { values: points },
  mark: { type: "line", point: true },
  encoding: {
    x: { field: "parameters", type: "quantitative", scale: { type: "log" }, title: "parameters" },
    y: { field: "seconds", type: "quantitative", scale: { type: "log" }, title: "seconds" },
    color: { field: "way", type: "nominal", title: null },
  },
});
writeFileSync(new URL("gradcheck.svg", folder), svg);
