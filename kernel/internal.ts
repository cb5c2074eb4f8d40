/** For our own tests; not an entry point of the package. */
export * from "./cell.ts";
export * from "./execution-queue.ts";
export * from "./index.ts";
export * from "./inserts.ts";
export * from "./interruptible.ts";
export * from "./kept-declarations.ts";
export * from "./mime-bundle.ts";
export * from "./phase.ts";
export * from "./thrown-error.ts";
