/** The instructor's side, for the command and the tests. */

export { type Box, makeBox } from "./box/box.ts";
export { answers } from "./box/without-answers.ts";
export type { Target } from "./walls/attempts.ts";
export { type FindOptions, findWall, NoWall, wallKinds } from "./walls/find.ts";
export { type Limits, usualLimits } from "./walls/limits.ts";
export { noWall } from "./walls/no-wall.ts";
export { whyNotGrade } from "./walls/node-versions.ts";
export { ProbeBox } from "./walls/probe-box.ts";
export { selfTest, wallProblems } from "./walls/self-test.ts";
export { openTargets, type Targets } from "./walls/targets.ts";
export { type CommandOptions, type Wall, type WallKind, WallMissing } from "./walls/wall.ts";
