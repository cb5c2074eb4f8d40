/**
 * The number of threads to use: `CHALK_THREADS`, else the first number of `OMP_NUM_THREADS`, which
 * other libraries obey too, else one per core available to this process. Use 1 if several programs
 * share the machine: a product shared among threads waits for its slowest part.
 * @throws RangeError for a `CHALK_THREADS` that is not a whole number ≥ 1
 */
export function threadsWanted(): number {
  const { CHALK_THREADS: ours, OMP_NUM_THREADS: everyones } = globalThis.process?.env ?? {};
  if (ours) {
    const threads = Number(ours);
    if (Number.isInteger(threads) && threads >= 1) return threads;
    throw new RangeError(`CHALK_THREADS is "${ours}"; expected a whole number >= 1`);
  }
  const threads = Number.parseInt(everyones ?? "", 10);
  return threads >= 1 ? threads : cores();
}

function cores(): number {
  return globalThis.process?.getBuiltinModule?.("node:os").availableParallelism?.() ?? 1;
}
