import * as activations from "./activations/index.ts";
import * as layers from "./layers/index.ts";
import * as losses from "./losses/index.ts";
import * as models from "./models/index.ts";
import * as optimizers from "./optimizers/index.ts";

/**
 * The contract of every class and function of both sides, by its name:
 * `contracts.Linear.options.bias.default` is true.
 */
export const contracts: typeof activations &
  typeof layers &
  typeof losses &
  typeof models &
  typeof optimizers = { ...activations, ...layers, ...losses, ...models, ...optimizers };

/** The name of a layer's contract, or of a function that has one. */
export type LayerName = keyof typeof layers;
/** The name of an activation's contract. */
export type ActivationName = keyof typeof activations;
