import type { MessagePort } from "node:worker_threads";
import type { Engine } from "../../engine.ts";
import { Control } from "../crew/control.ts";
import { attempt, type Place, type Task } from "../crew/crew.ts";
import { cuts, type SharedName } from "../crew/cuts.ts";
import { regionBytes, unpack } from "../crew/parcel.ts";
import { partOf, read, tilesOf } from "../crew/product.ts";
import { helpersMeans } from "./machine.ts";

// What a helper thread of the crew runs: waits for a task, does its parts on the memory of the thread that sent it, waits for the next.

const { receiveMessageOnPort, workerData } = process.getBuiltinModule("node:worker_threads");
const { memory, tasks } = workerData as Place;
const control = new Control(memory);
const port = tasks as MessagePort;
const { alone, multiply, view } = helpersMeans();

const regions = new Map<bigint, ArrayBuffer>();
/** The memory from `start` on, as one buffer: the few that a process has stay, where a buffer for each array would keep V8 collecting. */
function regionOf(start: bigint): ArrayBuffer {
  const region = regions.get(start) ?? view(start, regionBytes);
  regions.set(start, region);
  return region;
}

/** The task that was announced last; those before it are done. */
function latest(): Task | null {
  let task: Task | null = null;
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) task = next.message;
  return task;
}

function serve<K extends SharedName>({ number, method, parts, parcel }: Task & { readonly method: K }): void {
  const { units, part } = cuts[method];
  let args: Parameters<Engine[K]> | null = null; // made when something was taken: only then is the memory alive
  const count = units(...(parcel as Parameters<Engine[K]>));
  for (let taken = control.take(number, parts, count); taken; taken = control.take(number, parts, count)) {
    const here = taken;
    const done = attempt(() => {
      args ??= unpack(parcel, regionOf) as Parameters<Engine[K]>;
      (alone[method] as (...args: Parameters<Engine[K]>) => void)(...part(here, args));
    });
    control.finish(done);
  }
}

/** Its numbers are whole if a part of it can be taken: until that is done, no other product is written there. */
function serveProduct(number: number, parts: number): void {
  const product = read(control.product);
  const tiles = tilesOf(product);
  for (let taken = control.take(number, parts, tiles); taken; taken = control.take(number, parts, tiles)) {
    const here = taken;
    control.finish(attempt(() => multiply(partOf(product, here))));
  }
}

let seen = 0;
control.signIn();
for (;;) {
  seen = control.await(seen);
  const { parts } = control;
  if (parts > 0) serveProduct(seen, parts);
  else {
    const task = latest();
    if (task) serve(task);
  }
}
