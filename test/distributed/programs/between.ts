/** Starts Node with these words and ends as it does, as npx starts a command. */
import { spawn } from "node:child_process";

const child = spawn(process.execPath, process.argv.slice(2), { stdio: "inherit" });
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
