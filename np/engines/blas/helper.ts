import type { Engine } from "../../engine.ts";
import { blasOfOneThread, loadKoffi } from "../choose.ts";
import { Control } from "../crew/control.ts";
import { cuts, type SharedName } from "../crew/cuts.ts";
import type { Place, Task } from "../crew/index.ts";
import { unpack } from "../crew/parcel.ts";

// What a helper thread of the crew runs: waits for a task, does its parts on the memory of the thread that sent it, waits for the next.

/** So many addresses are remembered: a loop of training allocates the same again and again, and a view costs 15 µs. */
const mostViews = 512;

const { receiveMessageOnPort, workerData } = process.getBuiltinModule("node:worker_threads");
const { memory, tasks } = workerData as Place;
const control = new Control(memory);
const engine = blasOfOneThread();
const { view } = loadKoffi();

const views = new Map<string, ArrayBuffer>();
function viewOf(address: bigint, bytes: number): ArrayBuffer {
  const key = `${address} ${bytes}`;
  const known = views.get(key);
  if (known) return known;
  if (views.size === mostViews) views.clear();
  const made = view(address, bytes);
  views.set(key, made);
  return made;
}

/** The task that was announced last; those before it are done. */
function latest(): Task | null {
  let task: Task | null = null;
  for (let next = receiveMessageOnPort(tasks); next; next = receiveMessageOnPort(tasks)) task = next.message;
  return task;
}

function serve<K extends SharedName>({ number, method, parts, parcel }: Task & { readonly method: K }): void {
  const { units, part } = cuts[method];
  let args: Parameters<Engine[K]> | null = null; // made when something was taken: only then is the memory alive
  const count = units(...(parcel as Parameters<Engine[K]>));
  for (let taken = control.take(number, parts, count); taken; taken = control.take(number, parts, count)) {
    let done = false;
    try {
      args ??= unpack(parcel, viewOf) as Parameters<Engine[K]>;
      (engine[method] as (...args: Parameters<Engine[K]>) => void)(...part(taken, args));
      done = true;
    } finally {
      control.finish(done);
    }
  }
}

let seen = 0;
control.signIn();
for (;;) {
  seen = control.await(seen);
  const task = latest();
  if (task) serve(task);
}
