import { DataLoader } from "./data-loader-contract.ts";
import { digits } from "./digits/contract.ts";
import { shapes } from "./shapes/contract.ts";
import * as toy from "./toy/contracts.ts";
import * as transforms from "./transforms/contracts.ts";

/**
 * The arguments of the loader, the transforms and the generated data sets, by name:
 * `datasetContracts.moons.options.noise.default` is 0.1.
 */
export const datasetContracts: typeof toy &
  typeof transforms & {
    readonly DataLoader: typeof DataLoader;
    readonly digits: typeof digits;
    readonly shapes: typeof shapes;
  } = { DataLoader, digits, shapes, ...toy, ...transforms };
