/** Parts of this room for our own rooms and tests; not a public entry of the package. */

export {
  type ExportJobOptions,
  type ExportTarget,
  exportJob,
  type NetworkJob,
  type TrainingJob,
} from "./job.ts";
export { modelSource } from "./pytorch/model-source.ts";
export { dictAttributes, keywords, moduleAttributes } from "./pytorch/python-names.ts";
export { type LeafName, leafName, leafNames } from "./trace/catalogue.ts";
export { trace } from "./trace/trace.ts";
export type * from "./trace/traced.ts";
