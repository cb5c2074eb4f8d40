import type { KnownAnswer } from "../known-answer.ts";

/** Right, but not what one would expect: each earns all points. */
export const right: readonly KnownAnswer[] = [];

/** Wrong, each with the points that it earns. */
export const wrong: readonly KnownAnswer[] = [];
