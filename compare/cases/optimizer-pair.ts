// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import type { Stepper } from "../../gradcheck/internal.ts";
import * as manual from "../../manual/index.ts";
import { type Autograd, type Case, construct, type Manual, type OptimizerPair } from "./case.ts";
import { normal } from "./inputs.ts";

/** The names of optimizers that exist on both sides. */
export type OptimizerName = {
  [K in keyof Manual & keyof Autograd]: Manual[K] extends new (
    ...args: never[]
  ) => manual.Optimizer
    ? K
    : never;
}[keyof Manual & keyof Autograd];

/** A row that runs both optimizers of one name with the same options for twenty steps on a small network with biases. */
export function optimizers<K extends OptimizerName>(
  name: K,
  what: string,
  options: ConstructorParameters<Manual[K]>[1] & ConstructorParameters<Autograd[K]>[1],
  kind: { readonly basic?: true } = {},
): Case {
  const build: OptimizerPair = {
    manual: (parameters, student, change) =>
      construct<Stepper>(student ?? manual[name], [parameters, { ...options, ...change }]),
    autograd: (parameters) => construct<autograd.Optimizer>(autograd[name], [parameters, options]),
  };
  return {
    name,
    what,
    ...kind,
    manual: (rng) => new manual.Linear(5, 3, { rng }),
    autograd: (rng) => new autograd.Linear(5, 3, { rng }),
    optimizer: { steps: 20, options: { ...options }, build },
    inputs: { x: normal(4, 5) },
  };
}
