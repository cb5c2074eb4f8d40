/** Parts of this room for our own rooms and tests; not a public entry of the package. */

export type { Ranks } from "../training/index.ts";
export { disagreement, mark } from "./meeting.ts";
export { candidates, filesFor } from "./mpi/candidates.ts";
export { alone, type Channel } from "./mpi/channel.ts";
export type { Koffi } from "./mpi/koffi.ts";
export { type Launcher, launcherOf } from "./mpi/launcher.ts";
export { findMpi, nameOf, type Search } from "./mpi/library.ts";
export { pieces } from "./mpi/open-channel.ts";
export { misfit } from "./mpi/start.ts";
export { ProcessRanks } from "./process-ranks.ts";
