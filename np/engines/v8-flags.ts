/**
 * V8 frees arrays on one background thread and marks live objects on others. If an engine keeps all
 * cores busy, such a thread takes a core away, and the other threads wait for the part that ran on
 * it. So from now on this process frees arrays on the thread that computes, and collects garbage as
 * rarely as V8's largest heap growth allows. Both flags can be set at any time: V8 reads one when
 * it starts to free, the other after a collection. (`--no-concurrent-marking`, which gains as much
 * again, cannot: set while V8 was marking, it crashed one process in twenty. So `npm start` passes
 * it to Node at startup.)
 */
export function setV8Flags(): void {
  try {
    const v8 = globalThis.process?.getBuiltinModule?.("node:v8");
    v8?.setFlagsFromString("--no-concurrent-array-buffer-sweeping");
    v8?.setFlagsFromString("--heap-growing-percent=300");
  } catch {
    // a host that only looks like Node and has no such flags
  }
}
