// node bench/gemm.mjs: how fast np multiplies matrices, in GFLOP/s (2·m·k·n operations a product), beside a plain triple loop
// in the same process. Medians; both are measured in turn, so that a busy machine slows both.
import { engine, random } from "chalk-and-tape/np";

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

console.log(`engine ${engine().name}, Node ${process.versions.node}, GFLOP/s, median of 5\n`);
console.log(
  `${"".padEnd(24)}${"dtype".padEnd(10)}${"np".padStart(8)}${"loop".padStart(8)}${"ratio".padStart(8)}`,
);
const rng = random(1);
for (const dtype of ["float64", "float32"]) {
  for (const [name, m, k, n, layout] of products) {
    const normal = (rows, columns, transposed) =>
      transposed
        ? rng.normal(0, 1, [columns, rows], { dtype }).T
        : rng.normal(0, 1, [rows, columns], { dtype });
    const [a, b] = [normal(m, k, layout[0] === "t"), normal(k, n, layout[1] === "t")];
    const c = a.matmul(b).flat().slice();
    const [ours, plain] = [() => a.matmul(b), () => tripleLoop(a, b, c)];
    for (const warmUp of [ours, plain]) time(warmUp);
    const times = { ours: [], plain: [] };
    for (let round = 0; round < 5; round++) {
      times.ours.push(time(ours));
      times.plain.push(time(plain));
    }
    const rate = (ms) => (2 * m * k * n) / (ms * 1e6);
    const [np, loop] = [rate(median(times.ours)), rate(median(times.plain))];
    const numbers = [np, loop, np / loop].map((x) => x.toFixed(2).padStart(8)).join("");
    console.log(`${name.padEnd(24)}${dtype.padEnd(10)}${numbers}`);
  }
}
