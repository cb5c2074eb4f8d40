import { Control } from "../crew/control.ts";
import { body } from "../crew/encode-task.ts";
import { serve } from "../crew/serve.ts";
import { multiplyPart, readJob } from "./job.ts";
import { instanceOf } from "./module.ts";
import type { Place } from "./threads.ts";

// What a helper thread of the wasm engine runs: parts of products, in the memory that all share.

const place = process.getBuiltinModule("node:worker_threads").workerData as Place;
const kernels = instanceOf(place.module, place.memory);

serve(new Control(place.control), (numbers) => {
  const job = readJob(numbers, body);
  return (part) => multiplyPart(kernels, job, part, place.scratch);
});
