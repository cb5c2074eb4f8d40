/** The signals that end a command, and what a shell says when they did: 128 + the signal's number. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

const clean = new Set<() => void>();

/**
 * Ends at once when asked to, in the middle of whatever runs: long loops hand over the thread every 50 ms. Nothing is half-written,
 * since files are written under another name and renamed.
 */
export function exitOnSignals(): void {
  for (const [signal, status] of Object.entries(signals)) {
    process.once(signal, () => {
      for (const run of clean) run();
      process.exit(status);
    });
  }
}

/** Something to undo if a signal ends the command; call the result when it is no longer needed. */
export function onInterrupt(run: () => void): () => void {
  clean.add(run);
  return () => clean.delete(run);
}

/** 2 for what the user can put right: a name, a number, a file. 1 for a defect of ours, which is shown with its stack. */
export async function statusOf(error: unknown): Promise<1 | 2> {
  const [{ DataError }, { ShapeError }] = await Promise.all([
    import("../datasets/index.ts"),
    import("../np/index.ts"),
  ]);
  const theirs = error instanceof DataError || error instanceof RangeError || error instanceof ShapeError;
  const file = error instanceof Error && "code" in error && typeof error.code === "string";
  return theirs || file ? 2 : 1;
}
