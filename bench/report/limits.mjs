/**
 * No step can be faster than its products at the rate of this machine's fastest multiplication of 1024 × 1024 matrices, where that was
 * measured in the same run.
 */
export function setLimits(jobs) {
  const rows = jobs.find(({ job }) => job === "gemm")?.rows.filter(({ median }) => median) ?? [];
  if (rows.length === 0) return;
  const { median: gflops, contender } = rows.toSorted((a, b) => b.median - a.median)[0];
  for (const figures of jobs)
    if (figures.work) figures.limit = { ms: figures.work.flops / (gflops * 1e6), gflops, contender };
}
