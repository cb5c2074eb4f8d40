/** Parts of plots for our own tests; not exported from the package. */

export { reportWidth } from "./labels.ts";
export { sideBoundary } from "./side-boundary.ts";
