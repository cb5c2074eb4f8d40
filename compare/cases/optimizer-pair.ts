// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
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
    manual: (parameters, student) =>
      construct<manual.Optimizer>(student ?? manual[name], [parameters, options]),
    autograd: (parameters) => construct<autograd.Optimizer>(autograd[name], [parameters, options]),
  };
  return {
    name,
    what,
    ...kind,
    manual: (rng) => new manual.Linear(5, 3, { rng }),
    autograd: (rng) => new autograd.Linear(5, 3, { rng }),
    optimizer: { steps: 20, options: optionsText(options), build },
    inputs: { x: normal(4, 5) },
  };
}

/** `{ lr: 0.1, momentum: 0.9 }` */
function optionsText(options: object = {}): string {
  return `{ ${Object.entries(options)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : value}`)
    .join(", ")} }`;
}
