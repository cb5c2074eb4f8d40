/** What Jupyter starts, with the path of its connection file as the only argument. */
import { startPlainTslab } from "./plain-tslab.ts";
import { tslabProblem } from "./start-up-guard.ts";

async function main(connectionFile: string | undefined): Promise<void> {
  if (connectionFile === undefined)
    throw new Error("main.js needs the path of a connection file from Jupyter");
  const problem = tslabProblem();
  if (problem) {
    process.stderr.write(`${problem}\n`);
    startPlainTslab(connectionFile);
    return;
  }
  const { startKernel } = await import("./kernel.ts");
  await startKernel(connectionFile);
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`The kernel did not start: ${error instanceof Error ? error.message : error}\n`);
  process.kill(process.pid, "SIGKILL");
});
