/** Parts of plots for our own rooms and tests; not exported from the package. */

export { fieldOf, pointsOf } from "./plane.ts";
export { sideBoundary } from "./side-boundary.ts";
