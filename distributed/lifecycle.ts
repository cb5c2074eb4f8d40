import { writeSync } from "node:fs";
import { inspect } from "node:util";
import type { Channel } from "./mpi/channel.ts";
import type { ProcessRanks } from "./process-ranks.ts";

/** Exit codes from here on stand for a signal, such as mpirun's own SIGTERM: 128 + its number. */
const signalled = 129;

/**
 * Ties the ranks' lives together, so that none waits for ever: a process that ends well waits for
 * the others and ends MPI; one that ends with an error says so, and stops them all.
 */
export function watchOver(ranks: ProcessRanks, channel: Channel): void {
  const who = `rank ${ranks.rank} of ${ranks.size}`;
  let uncaught: { readonly error: unknown } | null = null;
  process.on("uncaughtExceptionMonitor", (error) => {
    uncaught = { error };
  });
  process.on("exit", (code) => {
    if (ranks.isFinished) return;
    if (code === 0) {
      try {
        return ranks.finish();
      } catch (error) {
        say(`${who}: ended, but ${(error as Error).message}`);
        return channel.abort(1);
      }
    }
    // Node prints an error after the exit handlers only, and MPI_Abort does not return
    if (uncaught) say(`${who}: ${inspect(uncaught.error)}`);
    else if (code < signalled) say(`${who}: ended with exit code ${code}; the other ranks are stopped`);
    channel.abort(code);
  });
}

/** Not by console.error, which may write later. */
function say(line: string): void {
  try {
    writeSync(process.stderr.fd, `${line}\n`);
  } catch {} // nobody reads it
}
