// node bench/gemm.mjs: how fast each engine of this machine multiplies matrices, in GFLOP/s (2·m·k·n operations a product), beside a
// plain triple loop in the same process. Medians; all are measured in turn, so that a busy machine slows all.
import { engineReports, random, useEngine } from "chalk-and-tape/np";

/** (m, k) · (k, n): a cube, and what the Mlp (784-256-64-10) computes for a batch of 64. */
const products = [
  ["512 × 512 × 512", 512, 512, 512, "nn"],
  ["forward 1:  x · W1ᵀ", 64, 784, 256, "nt"],
  ["forward 2:  h · W2ᵀ", 64, 256, 64, "nt"],
  ["forward 3:  h · W3ᵀ", 64, 64, 10, "nt"],
  ["backward 2: dy · W2", 64, 64, 256, "nn"],
  ["backward 1: dyᵀ · x", 256, 64, 784, "tn"],
];

/** Rows of a times columns of b, as one writes it down: no copies, no tiles. */
function tripleLoop(a, b, c) {
  const [m, k] = a.shape;
  const n = b.shape[1];
  const [x, y] = [a.view.data, b.view.data];
  const [s0, s1] = a.strides;
  const [t0, t1] = b.strides;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += x[i * s0 + p * s1] * y[p * t0 + j * t1];
      c[i * n + j] = sum;
    }
  }
}

/** Milliseconds of one call, over as many calls as fill about 20 ms. */
function time(run) {
  let [calls, elapsed] = [0, 0];
  const start = performance.now();
  while (elapsed < 20) {
    run();
    calls++;
    elapsed = performance.now() - start;
  }
  return elapsed / calls;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const engines = engineReports().filter(({ available }) => available);
for (const { name, summary } of engines) console.log(`${name.padEnd(6)}${summary}`);
console.log(`\nNode ${process.versions.node}, GFLOP/s, median of 5; × is how many times the loop's\n`);
const heads = ["loop", ...engines.flatMap(({ name }) => [name, "×"])].map((head) => head.padStart(8));
console.log(`${"".padEnd(24)}${"dtype".padEnd(10)}${heads.join("")}`);
const rng = random(1);
for (const dtype of ["float64", "float32"]) {
  for (const [name, m, k, n, layout] of products) {
    const normal = (rows, columns, transposed) =>
      transposed
        ? rng.normal(0, 1, [columns, rows], { dtype }).T
        : rng.normal(0, 1, [rows, columns], { dtype });
    const [a, b] = [normal(m, k, layout[0] === "t"), normal(k, n, layout[1] === "t")];
    const c = a.matmul(b).flat().slice();
    const by = (name) => () => {
      useEngine(name);
      return a.matmul(b);
    };
    const runs = [() => tripleLoop(a, b, c), ...engines.map(({ name }) => by(name))];
    for (const warmUp of runs) time(warmUp);
    const times = runs.map(() => []);
    for (let round = 0; round < 5; round++) for (const [i, run] of runs.entries()) times[i].push(time(run));
    const [loop, ...ours] = times.map((ms) => (2 * m * k * n) / (median(ms) * 1e6));
    const numbers = [loop, ...ours.flatMap((rate) => [rate, rate / loop])];
    console.log(
      `${name.padEnd(24)}${dtype.padEnd(10)}${numbers.map((x) => x.toFixed(1).padStart(8)).join("")}`,
    );
  }
}
