/**
 * V8 marks and frees arrays on threads of its own. Where an engine has every core busy, such a thread takes one from under it, and whoever
 * computes waits for the part that was on it: a training step was half as long again on the average, some of them many times as long. So
 * from now on this process does both where it computes, between two steps of its own. Nothing else changes; other hosts keep their ways.
 */
export function collectOnThisThread(): void {
  try {
    const v8 = globalThis.process?.getBuiltinModule?.("node:v8");
    v8?.setFlagsFromString("--no-concurrent-marking");
    v8?.setFlagsFromString("--no-concurrent-array-buffer-sweeping");
  } catch {
    // a host that only looks like Node: it collects as it likes
  }
}
