/** For our own tests; not an entry point of the package. */
export { Cell } from "./cell.ts";
export * from "./index.ts";
export { originalOffset, withInserts } from "./inserts.ts";
export { keptDeclarations } from "./kept-declarations.ts";
export { isAnswering } from "./termination.ts";
export { thrownError } from "./thrown-error.ts";
