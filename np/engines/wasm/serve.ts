import { Control } from "../crew/control.ts";
import { body } from "../crew/encode-task.ts";
import { decodeProduct } from "../crew/matrix-product.ts";
import { serve } from "../crew/serve.ts";
import { instanceOf } from "./module.ts";
import { multiplyPart } from "./multiply-part.ts";
import type { WasmWorkerData } from "./threads.ts";

// The program of a helper thread of the wasm engine. It computes parts of products, in memory that
// all threads share.

const place = process.getBuiltinModule("node:worker_threads").workerData as WasmWorkerData;
const kernels = instanceOf(place.module, place.memory);

serve(new Control(place.control), (numbers) => {
  const product = decodeProduct(numbers, body);
  return (part) => multiplyPart(kernels, product, part, place.scratch);
});
