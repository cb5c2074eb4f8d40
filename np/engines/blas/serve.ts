import { Control } from "../crew/control.ts";
import type { CrewWorkerData } from "../crew/crew.ts";
import { regionBytes } from "../crew/encode-arguments.ts";
import { decodeWork } from "../crew/encode-task.ts";
import { serve } from "../crew/serve.ts";
import { computeOnThisThread } from "./machine.ts";

// What a helper thread of the crew runs: parts of tasks, on the memory of the thread that announced them.

const { memory } = process.getBuiltinModule("node:worker_threads").workerData as CrewWorkerData;
const control = new Control(memory);
const { view, ...local } = computeOnThisThread();

const regions = new Map<number, ArrayBuffer>();
/** The memory from `start` on, as one buffer: the few that a process has stay, where a buffer for each array would keep V8 collecting. */
function regionOf(start: number): ArrayBuffer {
  const region = regions.get(start) ?? view(BigInt(start), regionBytes);
  regions.set(start, region);
  return region;
}

serve(control, (numbers) => decodeWork(numbers, local, regionOf));
