import { type ChildProcess, spawn } from "node:child_process";
import { isatty } from "node:tty";
import { insteadOfExit } from "../exit.ts";

/** How long Jupyter may take to end its kernels, in milliseconds. */
const patience = 15_000;

/**
 * Runs Jupyter until it ends. Ctrl-C, or another signal, asks it to end, without its question whether one is sure: it
 * then ends its kernels first.
 * @returns whether it ended well, or because it was asked to
 */
export async function runJupyter(
  [program, ...words]: readonly [program: string, ...words: string[]],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  // In a process group of its own: the terminal sends Ctrl-C to a whole group, and Jupyter should be asked once. On
  // Windows no signal asks a process to end, so there Ctrl-C reaches Jupyter by the console.
  const windows = process.platform === "win32";
  const server = spawn(program, words, {
    cwd: folder,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: !windows,
  });
  let asked = false;
  const ask = (): void => {
    if (asked) return;
    asked = true;
    if (!windows) server.kill("SIGTERM");
    setTimeout(() => server.kill("SIGKILL"), patience).unref();
  };
  insteadOfExit(ask);
  if (isatty(0)) process.on("SIGHUP", ask); // the terminal's window is closed; `nohup` leaves no terminal here
  return (await ended(server)) === 0 || asked;
}

/** A process's exit status; null if a signal ended it. @throws if it cannot be started */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (status) => done(status));
  });
}
