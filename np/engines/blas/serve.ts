import { Control } from "../crew/control.ts";
import { regionBytes } from "../crew/encode-arguments.ts";
import { decodeWork } from "../crew/encode-task.ts";
import { serve } from "../crew/serve.ts";
import { type BlasWorkerData, computeOnThisThread } from "./machine.ts";

// The program of a crew's helper thread. It computes parts of tasks, in the memory of the thread
// that announced them.

const { memory, plain } = process.getBuiltinModule("node:worker_threads").workerData as BlasWorkerData;
const control = new Control(memory);
const { view, ...local } = computeOnThisThread(plain);

const regions = new Map<number, ArrayBuffer>();
/**
 * The memory from `start` on, as one buffer. A process needs only a few of these, so they are kept;
 * a buffer for each array would keep the garbage collector busy.
 */
function regionOf(start: number): ArrayBuffer {
  const region = regions.get(start) ?? view(BigInt(start), regionBytes);
  regions.set(start, region);
  return region;
}

serve(control, (numbers) => decodeWork(numbers, local, regionOf));
