import { CommanderError } from "commander";
import { exitOnSignals, messageOf, statusOf } from "./exit.ts";
import { runLine } from "./program.ts";

exitOnSignals();
// Whoever reads stdout may close it early (`| head`), and a disk may be full.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  console.error(`error: the output cannot be written (${error.message})`);
  process.exit(2);
});

runLine(process.argv.slice(2)).catch(async (error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // it has printed its message, or the help that was asked for
    return;
  }
  const status = await statusOf(error);
  console.error(status === 2 ? `error: ${messageOf(error)}` : error);
  process.exitCode = status;
});
