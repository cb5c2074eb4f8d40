/** Parts of this room for our own rooms and tests; not a public entry of the package. */

export type { Ranks } from "../training/index.ts";
