import type { Case } from "./case.ts";
import { optimizers } from "./optimizer-pair.ts";

/** Adam and its descendants, with defaults and with every option changed. */
export const adamCases: readonly Case[] = [
  optimizers("Adam", "defaults", { lr: 0.1 }),
  optimizers("Adam", "betas, eps and weight decay", {
    lr: 0.1,
    betas: [0.8, 0.95],
    eps: 1e-3,
    weightDecay: 0.1,
  }),
  optimizers("Adam", "amsgrad", { lr: 0.1, betas: [0.8, 0.5], amsgrad: true }),
  optimizers("AdamW", "defaults", { lr: 0.1 }),
  optimizers("AdamW", "amsgrad, betas, eps and weight decay", {
    lr: 0.1,
    betas: [0.8, 0.5],
    eps: 0.05,
    weightDecay: 0.3,
    amsgrad: true,
  }),
  optimizers("Adamax", "defaults", { lr: 0.02 }),
  optimizers("Adamax", "betas, eps and weight decay", {
    lr: 0.02,
    betas: [0.8, 0.7],
    eps: 0.05,
    weightDecay: 0.1,
  }),
  optimizers("NAdam", "defaults", { lr: 0.02 }),
  optimizers("NAdam", "betas, eps, momentum decay and weight decay", {
    lr: 0.02,
    betas: [0.8, 0.95],
    eps: 0.05,
    momentumDecay: 0.3,
    weightDecay: 0.1,
  }),
  optimizers("NAdam", "decoupled weight decay", { lr: 0.02, weightDecay: 0.3, decoupledWeightDecay: true }),
  optimizers("RAdam", "defaults: twenty steps over ρ = 5", { lr: 0.02 }),
  optimizers("RAdam", "betas, eps and weight decay", {
    lr: 0.02,
    betas: [0.8, 0.95],
    eps: 0.05,
    weightDecay: 0.1,
  }),
  optimizers("RAdam", "decoupled weight decay", { lr: 0.02, weightDecay: 0.3, decoupledWeightDecay: true }),
  optimizers("RAdam", "short memory: never over ρ = 5", { lr: 0.02, betas: [0.8, 0.6] }),
];
