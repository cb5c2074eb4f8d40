import { Control } from "../crew/control.ts";
import { attempt, type Place } from "../crew/crew.ts";
import type { Part } from "../crew/cuts.ts";
import { regionBytes } from "../crew/parcel.ts";
import { extentOf, workOf } from "../crew/task.ts";
import { helpersMeans } from "./machine.ts";

// What a helper thread of the crew runs: waits for a task, does its parts on the memory of the thread that announced it, waits for the next.

const { memory } = process.getBuiltinModule("node:worker_threads").workerData as Place;
const control = new Control(memory);
const { view, ...hands } = helpersMeans();

const regions = new Map<number, ArrayBuffer>();
/** The memory from `start` on, as one buffer: the few that a process has stay, where a buffer for each array would keep V8 collecting. */
function regionOf(start: number): ArrayBuffer {
  const region = regions.get(start) ?? view(BigInt(start), regionBytes);
  regions.set(start, region);
  return region;
}

let task = 0;
control.signIn();
for (;;) {
  task = control.await(task);
  const { parts, units } = extentOf(control.numbers); // of a later task, perhaps, of which nothing is taken as this one
  let work: ((part: Part) => void) | null = null;
  for (let part = control.take(task, parts, units); part; part = control.take(task, parts, units)) {
    const taken = part;
    const done = attempt(() => {
      work ??= workOf(control.numbers, hands, regionOf);
      work(taken);
    });
    control.finish(done);
  }
}
