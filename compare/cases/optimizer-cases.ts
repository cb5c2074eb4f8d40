import type { Case } from "./case.ts";
import { optimizers } from "./optimizer-pair.ts";

/**
 * Each optimizer with its defaults, and with every option changed: an ε large enough to matter, and
 * averages that forget within twenty steps. `maximize` is left out: it is not part of a textbook's
 * step, and `Optimizer` implements it for all.
 */
export const optimizerCases: readonly Case[] = [
  optimizers("SGD", "plain", { lr: 0.1 }, { basic: true }),
  optimizers("SGD", "momentum", { lr: 0.1, momentum: 0.9 }, { basic: true }),
  optimizers("SGD", "momentum and dampening", { lr: 0.1, momentum: 0.9, dampening: 0.5 }),
  optimizers("SGD", "Nesterov and weight decay", {
    lr: 0.1,
    momentum: 0.9,
    nesterov: true,
    weightDecay: 0.1,
  }),
  optimizers("Adagrad", "defaults", { lr: 0.1 }),
  optimizers("Adagrad", "decays, first sum and eps", {
    lr: 0.1,
    lrDecay: 0.3,
    weightDecay: 0.1,
    initialAccumulatorValue: 0.2,
    eps: 0.05,
  }),
  optimizers("Adadelta", "defaults", {}),
  optimizers("Adadelta", "rho, eps and weight decay", { lr: 0.5, rho: 0.7, eps: 1e-2, weightDecay: 0.1 }),
  optimizers("RMSprop", "defaults", {}),
  optimizers("RMSprop", "centered", { alpha: 0.8, centered: true, eps: 0.05 }),
  optimizers("RMSprop", "momentum", { alpha: 0.8, momentum: 0.9, eps: 0.05 }),
  optimizers("RMSprop", "centered, momentum and weight decay", {
    lr: 0.02,
    alpha: 0.7,
    eps: 0.1,
    momentum: 0.6,
    centered: true,
    weightDecay: 0.1,
  }),
  optimizers("Rprop", "defaults", {}),
  optimizers("Rprop", "etas", { lr: 0.05, etas: [0.3, 1.5] }),
  optimizers("Rprop", "narrow step sizes", { lr: 0.05, stepSizes: [0.03, 0.08] }),
];
