/** Prints a line, and ends with a code; or sleeps for ever with a process of its own. It knows nothing of MPI. */
import { spawn } from "node:child_process";

console.log("here");
const [what] = process.argv.slice(2);
if (what === "sleep") {
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
  setInterval(() => {}, 1000);
} else process.exitCode = Number(what);
