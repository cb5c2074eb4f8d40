import { ofDx } from "./of-dx.ts";
import { ofMemory } from "./of-memory.ts";
import { ofParameters } from "./of-parameters.ts";
import type { Stratum } from "./stratum.ts";

export type { Stratum, Variant } from "./stratum.ts";

/** The twenty kinds of bug; a student gets one variant of each. */
export const strata: readonly Stratum[] = [...ofDx, ...ofParameters, ...ofMemory];
