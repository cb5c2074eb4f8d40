import type { Check } from "../checks/check.ts";
import { layerChecks } from "./checks/layers.ts";
import { networkChecks } from "./checks/network.ts";
import { trainingChecks } from "./checks/training.ts";

/** The public checks, in the order of the tasks. */
export const checks: readonly Check[] = [...layerChecks, ...networkChecks, ...trainingChecks];
