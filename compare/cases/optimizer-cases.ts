// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import type { Autograd, Build, Case, Manual, OptimizerPair } from "./case.ts";
import { normal } from "./draws.ts";

/** Both optimizers of one name with the same options, on a small network with bias. */
function optimizers<K extends "SGD" | "Adam">(
  name: K,
  what: string,
  options: ConstructorParameters<Manual[K]>[1] & ConstructorParameters<Autograd[K]>[1],
): Case {
  const build: OptimizerPair = {
    manual: (parameters, student) =>
      new ((student ?? manual[name]) as unknown as Build<manual.Optimizer>)(parameters, options),
    autograd: (parameters) => new autograd[name](parameters, options),
  };
  return {
    name,
    what,
    manual: (rng) => new manual.Linear(5, 3, { rng }),
    autograd: (rng) => new autograd.Linear(5, 3, { rng }),
    x: normal(4, 5),
    optimizer: { steps: 20, build },
  };
}

/** Optimizers: twenty steps on both sides. */
export const optimizerCases: readonly Case[] = [
  optimizers("SGD", "plain", { lr: 0.1 }),
  optimizers("SGD", "momentum", { lr: 0.1, momentum: 0.9 }),
  optimizers("SGD", "momentum and dampening", { lr: 0.1, momentum: 0.9, dampening: 0.5 }),
  optimizers("SGD", "Nesterov and weight decay", {
    lr: 0.1,
    momentum: 0.9,
    nesterov: true,
    weightDecay: 0.1,
  }),
  optimizers("Adam", "defaults", { lr: 0.1 }),
  optimizers("Adam", "betas, eps and weight decay", {
    lr: 0.1,
    betas: [0.8, 0.95],
    eps: 1e-3,
    weightDecay: 0.1,
  }),
];
