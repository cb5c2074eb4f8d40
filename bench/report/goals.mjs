const [major] = process.versions.node.split(".").map(Number);

/** What the textbook's lines may cost, times the tape's fused passes. `bench/two-sides.mjs` judges the same in one process. */
export const chalkAgainstTape = { "mlp-64": 1.15, "mlp-512": 1.15, lenet5: 1.6, "cifar-net": 2.5 };

/** What a job should cost at most: times the faster of PyTorch's two settings, times another contender, or in its own unit. */
const goals = [
  { job: "mlp-64", contender: "tape-blas", against: "pytorch", atMost: 0.85 },
  { job: "mlp-512", contender: "tape-blas", against: "pytorch", atMost: 1.1 },
  { job: "mlp-64", contender: "tape-wasm", against: "pytorch", atMost: major >= 24 ? 1.6 : 1.9 },
  ...Object.entries(chalkAgainstTape).flatMap(([job, atMost]) =>
    ["blas", "wasm"].map((engine) => ({
      job,
      contender: `chalk-${engine}`,
      against: `tape-${engine}`,
      atMost,
    })),
  ),
  ...["lenet5", "cifar-net"].map((job) => ({ job, contender: "tape-blas", against: "pytorch", atMost: 1.3 })),
  { job: "mlp-64", contender: "tape-wasm", against: "tfjs-wasm", atMost: 0.1 },
  ...["chalk-blas", "tape-blas", "chalk-wasm", "tape-wasm"].map((contender) => ({
    job: "memory",
    contender,
    against: "pytorch",
    atMost: 1,
  })),
  { job: "loading", contender: "chalk-and-tape", against: "ms", atMost: 1000 },
  { job: "help", contender: "chalk-and-tape", against: "ms", atMost: 200 },
  { job: "import", contender: "chalk-and-tape", against: "ms", atMost: 400 },
];

/** Each goal whose job was measured, with what was reached; null where one of the two is missing or does not count. */
export function goalsReached(jobs) {
  return goals.flatMap((goal) => {
    const figures = jobs.find(({ job }) => job === goal.job);
    if (!figures) return [];
    const of = (name) =>
      figures.rows.find((row) => row.contender === name && row.median && !row.doesNotCount)?.median ?? null;
    const base = goal.against === "ms" ? 1 : of(goal.against === "pytorch" ? figures.peer : goal.against);
    const own = of(goal.contender);
    return [{ ...goal, reached: own !== null && base !== null ? own / base : null }];
  });
}

export function goalsTable(goals) {
  const lines = goals.map(({ job, contender, against, atMost, reached }) => {
    const unit = against === "ms" ? " ms" : " ×";
    const verdict = reached === null ? "not measured" : reached <= atMost ? "reached" : "not reached";
    const figure = reached === null ? "–" : `${reached.toFixed(against === "ms" ? 0 : 2)}${unit}`;
    return `  ${job.padEnd(12)}${contender.padEnd(16)}${(against === "ms" ? "" : against).padEnd(12)}${`${atMost}${unit}`.padStart(9)}${figure.padStart(10)}  ${verdict}`;
  });
  return `\ngoals${" ".repeat(37)}at most   reached\n${lines.join("\n")}`;
}
