import { CommanderError } from "commander";

/** The signals that end a command, with the exit status that a shell expects: 128 + the signal's number. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

const clean = new Set<() => void>();
let instead: (() => void) | null = null;

/**
 * Exits at once on a signal, whatever is running: long loops yield to the event loop every 50 ms.
 * No file is left half-written, because files are written under another name and then renamed.
 */
export function exitOnSignals(): void {
  for (const [signal, status] of Object.entries(signals)) {
    process.on(signal, () => {
      if (instead) return instead();
      for (const run of clean) run();
      process.exit(status);
    });
  }
}

/** Registers `run` to be called if a signal ends the command; call the result to unregister it. */
export function onInterrupt(run: () => void): () => void {
  clean.add(run);
  return () => clean.delete(run);
}

/** From now on a signal calls `run` and ends nothing: the command waits for a process that ends when it is asked. */
export function insteadOfExit(run: () => void): void {
  instead = run;
}

/** 2 for errors that the user can correct (a name, a number, a file); 1 for bugs in this package. */
async function statusOf(error: unknown): Promise<1 | 2> {
  const [{ DataError }, { ShapeError }] = await Promise.all([
    import("../datasets/index.ts"),
    import("../np/index.ts"),
  ]);
  const theirs = error instanceof DataError || error instanceof RangeError || error instanceof ShapeError;
  const file = error instanceof Error && "code" in error && typeof error.code === "string";
  return theirs || file ? 2 : 1;
}

/** Prints the error that ended a command, a bug with its stack, and returns the exit status. */
export async function reportError(error: unknown): Promise<0 | 1 | 2> {
  if (error instanceof CommanderError) {
    const isShown = error.exitCode === 0 || error.code.startsWith("commander.help"); // what was asked for
    if (!isShown) await tell(`${sentence(error.message)} See --help.`);
    return error.exitCode === 0 ? 0 : 2;
  }
  const status = await statusOf(error);
  await tell(status === 2 ? `error: ${messageOf(error)}` : error);
  return status;
}

/** Several processes that do one work tell its end together. */
async function tell(what: unknown): Promise<void> {
  const { group } = await import("./launched.ts");
  const others = await group();
  if (others) others.tell(what);
  else console.error(what);
}

/** On one line, with a full stop. */
function sentence(text: string): string {
  const line = text.trim().replaceAll("\n", " ");
  return /[.?!]$/.test(line) ? line : `${line}.`;
}

/** An error's message, with what `node --permission` forbade. */
function messageOf(error: unknown): string {
  const { message, permission, resource } = error as Error & { permission?: string; resource?: string };
  return permission && resource ? `${message} (${permission}: ${resource})` : message;
}
