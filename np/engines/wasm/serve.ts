import { Control } from "../crew/control.ts";
import { body } from "../crew/encode-task.ts";
import { decodeProduct } from "../crew/matrix-product.ts";
import { serve } from "../crew/serve.ts";
import { instanceOf } from "./module.ts";
import { multiplyPart } from "./multiply-part.ts";
import type { WasmWorkerData } from "./threads.ts";

// What a helper thread of the wasm engine runs: parts of products, in the memory that all share.

const place = process.getBuiltinModule("node:worker_threads").workerData as WasmWorkerData;
const kernels = instanceOf(place.module, place.memory);

serve(new Control(place.control), (numbers) => {
  const product = decodeProduct(numbers, body);
  return (part) => multiplyPart(kernels, product, part, place.scratch);
});
