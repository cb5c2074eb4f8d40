import { threadsThatFit } from "./address-space.ts";
import { mostParts } from "./crew/control.ts";

/** How many threads compute, and which setting chose that number. */
export interface ThreadCount {
  readonly count: number;
  readonly from: string;
}

/**
 * The number of threads to use: `CHALK_THREADS`, else the first number of `OMP_NUM_THREADS`, which
 * other libraries obey too, else one per core available to this process, divided by the number of
 * ranks that mpirun started on this machine; at most 255, and one where this process may not start
 * threads. Use 1 if several programs share the machine: a product shared among threads waits for its
 * slowest part.
 * @throws RangeError for a `CHALK_THREADS` that is not a whole number in 1 … 255
 */
export function threads(): ThreadCount {
  const wanted = wantedByUser() ?? perCore();
  const count = Math.min(wanted.count, mostParts);
  if (count > 1 && !mayStartThreads())
    return { count: 1, from: "node --permission forbids worker threads; --allow-worker allows them" };
  const fitting = 1 + threadsThatFit(count - 1);
  if (fitting < count)
    return {
      count: fitting,
      from: "`ulimit -v` leaves no room for more; `ulimit -d` limits memory without this",
    };
  return { ...wanted, count };
}

/** The number that `threads` gives. @throws RangeError as it does */
export function threadsWanted(): number {
  return threads().count;
}

function wantedByUser(): ThreadCount | null {
  const { CHALK_THREADS: ours, OMP_NUM_THREADS: everyones } = globalThis.process?.env ?? {};
  if (ours) {
    const count = /^\d+$/.test(ours) ? Number(ours) : 0;
    if (count >= 1 && count <= mostParts) return { count, from: `CHALK_THREADS=${ours}` };
    throw new RangeError(`CHALK_THREADS is "${ours}"; expected a whole number in 1 … ${mostParts}`);
  }
  const count = Number.parseInt(everyones ?? "", 10);
  return count >= 1 ? { count, from: `OMP_NUM_THREADS=${everyones}` } : null;
}

function perCore(): ThreadCount {
  const { OMPI_COMM_WORLD_LOCAL_SIZE, MPI_LOCALNRANKS } = globalThis.process?.env ?? {};
  const ranks = Number(OMPI_COMM_WORLD_LOCAL_SIZE || MPI_LOCALNRANKS || 1);
  if (!(ranks > 1)) return { count: cores(), from: "one per core" };
  return {
    count: Math.max(1, Math.floor(cores() / ranks)),
    from: `the cores, divided among the ${ranks} ranks on this machine`,
  };
}

function cores(): number {
  return globalThis.process?.getBuiltinModule?.("node:os").availableParallelism?.() ?? 1;
}

/** Whether one more thread can be started. */
export function canStartThread(): boolean {
  return mayStartThreads() && threadsThatFit(1) === 1;
}

/** False under `node --permission` without `--allow-worker`. */
function mayStartThreads(): boolean {
  const { permission } = (globalThis.process ?? {}) as { permission?: { has(scope: string): boolean } };
  return permission?.has("worker") ?? true;
}
