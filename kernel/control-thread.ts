/**
 * The control socket, the heartbeat and the outgoing iopub socket, on a thread of their own: interrupts are heard and
 * prints are seen while a loop keeps the main thread busy.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type Frames, Outbox } from "./outbox.ts";
import { Doing, Phase } from "./phase.ts";
import { isAnswering, terminateMainThread } from "./termination.ts";
import { watchParent } from "./watch-parent.ts";
import { type Connection, type Request, readRequest, writeMessage } from "./wire.ts";
import { address, loadZeroMq } from "./zeromq.ts";

export interface ControlData {
  readonly connection: Connection;
  readonly memory: SharedArrayBuffer;
}
export type ControlMessage = "ready" | "interrupt" | "terminated";

const { connection, memory } = workerData as ControlData;
const phase = new Phase(memory);
const tell = (message: ControlMessage): void => parentPort?.postMessage(message);

/** A cell that awaits is over as soon as the main thread reads the message; a loop is ended after this time. */
const graceMs = 300;
/** A main thread that reads no message for so long runs a loop that is not the cell's own, such as a timer's callback. */
const callbackMs = 3000;

let insisting: NodeJS.Timeout | undefined;

function interrupt(): void {
  if (phase.isInterruptAsked) return;
  phase.isInterruptAsked = true;
  tell("interrupt");
  clearTimeout(insisting); // of an interrupt that was answered
  const asked = Date.now();
  insisting = setTimeout(() => insist(asked), graceMs);
}

function insist(asked: number): void {
  if (!phase.isInterruptAsked) return;
  const isLong = Date.now() - asked > callbackMs;
  if (phase.claim(Doing.running) || (isLong && phase.claim(Doing.nothing))) void terminate();
  else insisting = setTimeout(() => insist(asked), 50); // the compiler is at work, or the queue
}

async function terminate(): Promise<void> {
  try {
    await terminateMainThread();
  } catch (error) {
    process.stderr.write(`The cell cannot be interrupted: ${error}\n`);
    phase.release(Doing.running);
    return;
  } finally {
    phase.isInterruptAsked = false;
  }
  phase.release(Doing.nothing);
  if (!(await isAnswering(connection)))
    endProcess("The kernel no longer answers after an interrupt, so it ends.");
  tell("terminated");
}

/** At once, whatever the main thread is doing. */
function endProcess(why = ""): void {
  if (why) process.stderr.write(`${why}\n`);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);
}

const info = { status: "ok", protocol_version: "5.3" };

function answer({ header }: Request): Record<string, unknown> | null {
  switch (header.msg_type) {
    case "interrupt_request":
      interrupt();
      return { status: "ok" };
    case "shutdown_request":
      endProcess();
      return { status: "ok", restart: false };
    case "kernel_info_request":
      return info;
    default:
      return null;
  }
}

/** Publishes what the main thread posts. */
async function publish(): Promise<void> {
  const { Publisher } = loadZeroMq();
  const socket = new Publisher();
  socket.sendHighWaterMark = 0; // a loop that prints faster than the client reads loses no line
  await socket.bind(address(connection, connection.iopub_port));
  const outbox = new Outbox(socket);
  parentPort?.on("message", (frames: Frames) => outbox.send(frames));
  tell("ready");
}

async function serveControl(): Promise<void> {
  const { Router } = loadZeroMq();
  const socket = new Router();
  await socket.bind(address(connection, connection.control_port));
  for await (const frames of socket) {
    const request = readRequest(connection.key, frames);
    const content = request && answer(request);
    if (!content) continue;
    const type = request.header.msg_type.replace("_request", "_reply");
    await socket.send(writeMessage(connection.key, type, content, request));
  }
}

async function serveHeartbeat(): Promise<void> {
  const { Reply } = loadZeroMq();
  const socket = new Reply();
  await socket.bind(address(connection, connection.hb_port));
  for await (const frames of socket) await socket.send(frames);
}

watchParent(() => endProcess("Jupyter has ended, so the kernel ends."));
for (const serve of [publish, serveControl, serveHeartbeat])
  serve().catch((error: unknown) => {
    throw error; // ends the thread, and the kernel with it
  });
