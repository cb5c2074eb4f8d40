import { DataLoader } from "./data-loader-contract.ts";
import { digits } from "./digits/contract.ts";
import * as toy from "./toy/contracts.ts";

/** What the loader and the generated data sets take, by name: `datasetContracts.moons.options.noise.default` is 0.1. */
export const datasetContracts: typeof toy & {
  readonly DataLoader: typeof DataLoader;
  readonly digits: typeof digits;
} = { DataLoader, digits, ...toy };
