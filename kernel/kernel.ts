import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { ControlData, ControlMessage } from "./control-thread.ts";
import { lendOwnPackage } from "./own-package.ts";
import { Phase } from "./phase.ts";
import { Server } from "./server.ts";
import { Session } from "./session.ts";
import type { Connection } from "./wire.ts";

/** Starts the kernel: a session, its server, and the control thread. */
export async function startKernel(connectionFile: string): Promise<void> {
  const connection: Connection = JSON.parse(readFileSync(connectionFile, "utf8"));
  const phase = new Phase();
  const isControlled = startControlThread({ connection, memory: phase.memory });
  lendOwnPackage(process.cwd());
  const session = new Session(process.cwd(), phase);
  const { thread } = await isControlled;
  thread.on("message", (message: ControlMessage) => {
    if (message === "interrupt") session.interruptible.interrupt();
    if (message === "terminated") session.interruptible.terminated();
  });
  process.on("SIGINT", () => session.interruptible.interrupt());
  const complain = (thrown: unknown): void => {
    process.stderr.write(`Nobody catches this error:\n${session.explain(thrown).traceback.join("\n")}\n`);
  };
  process.on("uncaughtException", complain).on("unhandledRejection", complain);
  Error.stackTraceLimit = 30;
  const end = refuseExit();
  await new Server(session, connection, (frames) => thread.postMessage(frames), end).init();
}

/** Resolves when the thread can publish. */
function startControlThread(workerData: ControlData): Promise<{ thread: Worker }> {
  const thread = new Worker(new URL("./control-thread.js", import.meta.url), { workerData });
  thread.on("error", (error) => {
    process.stderr.write(`The kernel's control thread has failed: ${error}\n`);
    process.kill(process.pid, "SIGKILL");
  });
  return new Promise((resolve) => thread.once("message", () => resolve({ thread })));
}

/** A cell that ends the process would lose every variable. Returns what really ends it. */
function refuseExit(): () => void {
  const exit = process.exit;
  process.exit = () => {
    throw new Error(
      "process.exit() would end the kernel and lose every variable; throw an error to stop a cell",
    );
  };
  return () => exit.call(process, 0);
}
