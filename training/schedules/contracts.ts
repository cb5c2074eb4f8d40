import {
  argument,
  atLeastZero,
  type Contract,
  count,
  flag,
  functionOf,
  integer,
  type None,
  number,
  type Option,
  type OptionTable,
  oneOf,
  optional,
  orNull,
  type Positional,
  type Required,
  share,
} from "../../np/internal.ts";
import type { ConstantLROptions } from "./constant-lr.ts";
import type { EtaMinOptions } from "./cosine-annealing-lr.ts";
import type { WarmRestartsOptions } from "./cosine-annealing-warm-restarts.ts";
import type { ScheduledOptimizer } from "./initial-lr.ts";
import type { LrLambda } from "./lambda-lr.ts";
import type { LinearLROptions } from "./linear-lr.ts";
import type { LRScheduler } from "./lr-scheduler.ts";
import type { OneCycleOptions } from "./one-cycle-lr.ts";
import type { PolynomialLROptions } from "./polynomial-lr.ts";
import type { PlateauOptions } from "./reduce-lr-on-plateau.ts";
import type { GammaOptions } from "./step-lr.ts";

/** The first argument of every schedule; `expectGroups` checks its groups. */
interface Scheduled {
  readonly optimizer: ScheduledOptimizer;
}

const isOptimizer = (x: unknown): boolean =>
  typeof x === "object" && x !== null && "groups" in x && Array.isArray(x.groups) && x.groups.length > 0;

const scheduled: Positional<Scheduled> = {
  optimizer: argument("object", "an optimizer, which has groups: [{ lr }]", isOptimizer),
};

const isNumber = (x: unknown): boolean => typeof x === "number";
const isFunction = (x: unknown): boolean => functionOf("a function").refuse("", x) === null;
const listOf = (is: (x: unknown) => boolean) => (x: unknown) => Array.isArray(x) && x.every(is);

const perGroup: Required<number | readonly number[]> = argument(
  "number",
  "a number, or a list with one for each group",
  (x) => isNumber(x) || listOf(isNumber)(x),
  (x) => (typeof x === "number" ? [x] : x).every(Number.isFinite),
);

const milestones: Required<readonly number[]> = argument(
  "list",
  "a list of epochs, whole numbers >= 0 that do not fall: [30, 60]",
  listOf(isNumber),
  (list) => list.every((m, i) => Number.isInteger(m) && m >= (list[i - 1] ?? 0)),
  { bounds: { least: 0 } },
);

const lrLambda: Required<LrLambda | readonly LrLambda[]> = argument(
  "function",
  "a function of the epoch, or a list with one for each group",
  (x) => isFunction(x) || listOf(isFunction)(x),
);

const schedulers: Required<readonly LRScheduler[]> = argument(
  "list",
  "a list of schedules",
  listOf((x) => typeof x === "object" && x !== null),
);

const gamma: OptionTable<GammaOptions> = { gamma: atLeastZero(0.1) };
const etaMin: OptionTable<EtaMinOptions> = { etaMin: atLeastZero(0) };
const above = (initial: number): Option<number> => optional(number({ above: 0 }), initial);
const countOrNull: Option<number | null> = optional(orNull(count()), null);

export const StepLR: Contract<Scheduled & { stepSize: number }, GammaOptions> = {
  name: "StepLR",
  positional: { ...scheduled, stepSize: count() },
  options: gamma,
};

export const MultiStepLR: Contract<Scheduled & { milestones: readonly number[] }, GammaOptions> = {
  name: "MultiStepLR",
  positional: { ...scheduled, milestones },
  options: gamma,
};

export const ExponentialLR: Contract<Scheduled & { gamma: number }, None> = {
  name: "ExponentialLR",
  positional: { ...scheduled, gamma: number({ least: 0 }) },
  options: {},
};

export const CosineAnnealingLR: Contract<Scheduled & { tMax: number }, EtaMinOptions> = {
  name: "CosineAnnealingLR",
  positional: { ...scheduled, tMax: count() },
  options: etaMin,
};

export const CosineAnnealingWarmRestarts: Contract<Scheduled & { t0: number }, WarmRestartsOptions> = {
  name: "CosineAnnealingWarmRestarts",
  positional: { ...scheduled, t0: count() },
  options: { tMult: optional(count(), 1), ...etaMin },
};

export const ConstantLR: Contract<Scheduled, ConstantLROptions> = {
  name: "ConstantLR",
  positional: scheduled,
  options: {
    factor: optional(number({ least: 0, most: 1 }), 1 / 3, "1/3"),
    totalIters: optional(count(), 5),
  },
};

export const LinearLR: Contract<Scheduled, LinearLROptions> = {
  name: "LinearLR",
  positional: scheduled,
  options: {
    startFactor: optional(number({ above: 0, most: 1 }), 1 / 3, "1/3"),
    endFactor: share(1),
    totalIters: optional(count(), 5),
  },
};

export const PolynomialLR: Contract<Scheduled, PolynomialLROptions> = {
  name: "PolynomialLR",
  positional: scheduled,
  options: { totalIters: optional(count(), 5), power: atLeastZero(1) },
};

export const LambdaLR: Contract<Scheduled & { lrLambda: LrLambda | readonly LrLambda[] }, None> = {
  name: "LambdaLR",
  positional: { ...scheduled, lrLambda },
  options: {},
};

export const SequentialLR: Contract<
  Scheduled & { schedulers: readonly LRScheduler[]; milestones: readonly number[] },
  None
> = {
  name: "SequentialLR",
  positional: { ...scheduled, schedulers, milestones },
  options: {},
};

export const OneCycleLR: Contract<Scheduled & { maxLr: number | readonly number[] }, OneCycleOptions> = {
  name: "OneCycleLR",
  positional: { ...scheduled, maxLr: perGroup },
  options: {
    totalSteps: countOrNull,
    epochs: countOrNull,
    stepsPerEpoch: countOrNull,
    pctStart: share(0.3),
    annealStrategy: optional(oneOf("cos", "linear"), "cos"),
    cycleMomentum: flag(true),
    baseMomentum: optional(perGroup, 0.85),
    maxMomentum: optional(perGroup, 0.95),
    divFactor: above(25),
    finalDivFactor: above(1e4),
    threePhase: flag(false),
  },
  refuse: ({ totalSteps, epochs, stepsPerEpoch }) =>
    totalSteps === null && (epochs === null || stepsPerEpoch === null)
      ? "You must define either total_steps OR (epochs AND steps_per_epoch); pass { totalSteps: epochs * batches }"
      : null,
};

export const ReduceLROnPlateau: Contract<Scheduled, PlateauOptions> = {
  name: "ReduceLROnPlateau",
  positional: scheduled,
  options: {
    mode: optional(oneOf("min", "max"), "min"),
    factor: optional(number({ above: 0, below: 1 }), 0.1),
    patience: optional(integer({ least: 0 }), 10),
    threshold: atLeastZero(1e-4),
    thresholdMode: optional(oneOf("rel", "abs"), "rel"),
    cooldown: optional(integer({ least: 0 }), 0),
    minLr: optional(perGroup, 0),
    eps: atLeastZero(1e-8),
  },
};
