/**
 * V8 frees arrays on a thread of its own, and marks what is alive on others. Where an engine has every core busy, such a thread takes one from
 * under it, and whoever computes waits for the part that was on it. So from now on this process frees arrays where it computes, and collects
 * as seldom as V8's own largest growth of a heap allows: nothing else changes. Both flags may be set at any time: V8 reads the one
 * when it begins to free, the other when it has collected. (That is not so of `--no-concurrent-marking`, which gains as much again: set while V8
 * was marking, it ended one process in twenty. So `npm start` gives it to Node when it starts.)
 */
export function setV8Flags(): void {
  try {
    const v8 = globalThis.process?.getBuiltinModule?.("node:v8");
    v8?.setFlagsFromString("--no-concurrent-array-buffer-sweeping");
    v8?.setFlagsFromString("--heap-growing-percent=300");
  } catch {
    // a host that only looks like Node: it collects as it likes
  }
}
