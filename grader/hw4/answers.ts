/** Right, but not what one would expect: each earns all points. */
export { right } from "./answers/right.ts";

/** Wrong, each with the points that it earns. */
export { wrong } from "./answers/wrong.ts";
