const gibibyte = 2 ** 30;

/**
 * The bytes of addresses that this process may still map; null without a limit. `ulimit -v` sets
 * one, and some schedulers of clusters do. Linux only.
 */
export function addressesLeft(): number | null {
  try {
    const read = globalThis.process?.getBuiltinModule?.("node:fs").readFileSync;
    const [, limit] = /^Max address space\s+(\d+)/m.exec(read("/proc/self/limits", "utf8")) ?? [];
    if (!limit) return null;
    const [, kilobytes] = /^VmSize:\s+(\d+)/m.exec(read("/proc/self/status", "utf8")) ?? [];
    return Math.max(0, Number(limit) - 1024 * Number(kilobytes ?? 0));
  } catch {
    return null; // there are no such files here, or they may not be read
  }
}

/**
 * The number of worker threads that fit into the addresses left, at most `wanted`. Node maps up to
 * 850 MB for each, and aborts the process if it cannot.
 */
export function threadsThatFit(wanted: number): number {
  const left = addressesLeft();
  return left === null ? wanted : Math.min(wanted, Math.max(0, Math.floor(left / gibibyte - 0.5)));
}
