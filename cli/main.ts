import { exitOnSignals, reportError } from "./exit.ts";
import { runLine } from "./program.ts";

exitOnSignals();
// Whoever reads stdout may close it early (`| head`), and a disk may be full.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  console.error(`error: the output cannot be written (${error.message})`);
  process.exit(2);
});

runLine(process.argv.slice(2)).catch(async (error: unknown) => {
  process.exitCode = await reportError(error);
});
