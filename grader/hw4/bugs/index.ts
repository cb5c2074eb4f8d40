import { ofDx } from "./of-dx.ts";
import { ofMemory } from "./of-memory.ts";
import { ofParameters } from "./of-parameters.ts";
import type { Bugged, Stratum } from "./stratum.ts";

export type { Bugged, Stratum, Variant } from "./stratum.ts";

/** The twenty kinds of bug; a student gets one variant of each, and its right twin. */
export const strata: readonly Stratum<Bugged>[] = [...ofDx, ...ofParameters, ...ofMemory];
