/** For our own tests; not an entry point of the package. */
export { cifarBatches } from "./cifar-batches.ts";
export { removeLeftovers } from "./files/leftovers.ts";
export { readDataFile } from "./files/read-file.ts";
