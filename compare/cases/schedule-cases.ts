import * as training from "../../training/index.ts";
import { argumentText } from "./argument-text.ts";
import type { Case } from "./case.ts";

type Training = typeof training;
/** The names of the schedules. */
export type ScheduleName = {
  [K in keyof Training]: Training[K] extends new (
    optimizer: training.ScheduledOptimizer,
    ...args: never[]
  ) => { step(metric: number): void }
    ? K extends "LRScheduler"
      ? never
      : K
    : never;
}[keyof Training];

/** The constructor's arguments after the optimizer. */
type ArgumentsOf<K extends ScheduleName> =
  ConstructorParameters<Training[K]> extends readonly [unknown, ...infer Rest] ? Rest : never;

/** One row of a schedule: how it is built, and for how many steps its learning rates are compared. */
export interface ScheduleCase extends Pick<Case, "what" | "basic" | "points"> {
  readonly name: ScheduleName;
  /** The constructor's arguments after the optimizer. */
  readonly args: (optimizer: training.ScheduledOptimizer) => readonly unknown[];
  readonly steps: number;
  /** What `step` gets, for `ReduceLROnPlateau`. */
  readonly metrics?: readonly number[];
}

type Kind = Pick<ScheduleCase, "basic" | "points">;
const basic: Kind = { basic: true };

function schedule<K extends ScheduleName>(
  name: K,
  what: string,
  args: ArgumentsOf<K> | ((optimizer: training.ScheduledOptimizer) => readonly unknown[]),
  steps: number,
  kind: Kind = {},
): ScheduleCase {
  return { name, what, args: typeof args === "function" ? args : () => args, steps, ...kind };
}

function plateau(
  what: string,
  options: training.PlateauOptions,
  metrics: readonly number[],
  kind: Kind = {},
): ScheduleCase {
  return { ...schedule("ReduceLROnPlateau", what, [options], metrics.length, kind), metrics };
}

/** A loss that falls, rests for four epochs, falls once more, and rests. */
const losses = [4, 3, 2.5, 2.5, 2.5, 2.6, 2.5, 2, 2, 2, 2, 2, 2, 2, 2, 2] as const;
const accuracies = losses.map((loss) => 1 - loss / 5);

/** The schedules: over enough steps for a cycle and what comes after it, with every option changed. */
export const scheduleCases: readonly ScheduleCase[] = [
  schedule("StepLR", "every third epoch", [3, { gamma: 0.5 }], 10, basic),
  schedule("StepLR", "default gamma", [4], 13),
  schedule("StepLR", "every epoch", [1, { gamma: 0.9 }], 8),
  schedule("StepLR", "gamma 0", [2, { gamma: 0 }], 5),
  schedule("MultiStepLR", "three milestones", [[3, 5, 9], { gamma: 0.5 }], 12, basic),
  schedule("MultiStepLR", "default gamma", [[2, 6]], 9),
  schedule("MultiStepLR", "a milestone at 0, and one twice", [[0, 2, 2, 4], { gamma: 0.3 }], 7),
  schedule("ExponentialLR", "gamma 0.9", [0.9], 12, basic),
  schedule("ExponentialLR", "gamma 0", [0], 4),
  schedule("CosineAnnealingLR", "down to 0", [8], 8, basic),
  schedule("CosineAnnealingLR", "down to etaMin, and up again", [5, { etaMin: 0.01 }], 13),
  schedule("CosineAnnealingWarmRestarts", "three cycles", [4], 13, basic),
  schedule("CosineAnnealingWarmRestarts", "cycles twice as long", [3, { tMult: 2, etaMin: 0.01 }], 24),
  schedule("ConstantLR", "defaults", [], 8, basic),
  schedule("ConstantLR", "a fifth for three epochs", [{ factor: 0.2, totalIters: 3 }], 6),
  schedule("ConstantLR", "0 for one epoch", [{ factor: 0, totalIters: 1 }], 3),
  schedule("LinearLR", "defaults", [], 9, basic),
  schedule("LinearLR", "a quarter to a half", [{ startFactor: 0.25, endFactor: 0.5, totalIters: 4 }], 8),
  schedule("LinearLR", "down to 0", [{ startFactor: 1, endFactor: 0, totalIters: 6 }], 9),
  schedule("PolynomialLR", "defaults", [], 8, basic),
  schedule("PolynomialLR", "power 2", [{ totalIters: 6, power: 2 }], 9),
  schedule("PolynomialLR", "power 0", [{ totalIters: 3, power: 0 }], 5),
  schedule("LambdaLR", "1 / (1 + t)", [(t: number) => 1 / (1 + t)], 8, basic),
  schedule(
    "LambdaLR",
    "a function for each group",
    ({ groups }) => [groups.map((_, i) => (t: number) => 0.9 ** (t * (i + 1)))],
    8,
  ),
  schedule(
    "SequentialLR",
    "a warm-up, then steps",
    (optimizer) => [
      [
        new training.LinearLR(optimizer, { startFactor: 0.5, totalIters: 3 }),
        new training.StepLR(optimizer, 2, { gamma: 0.5 }),
      ],
      [3],
    ],
    10,
    basic,
  ),
  schedule("OneCycleLR", "cosine", [0.5, { totalSteps: 20, cycleMomentum: false }], 19, basic),
  schedule("OneCycleLR", "with momentum", [0.5, { totalSteps: 20 }], 19),
  schedule("OneCycleLR", "linear", [0.5, { totalSteps: 20, annealStrategy: "linear", pctStart: 0.45 }], 19),
  schedule("OneCycleLR", "three phases", [0.5, { totalSteps: 20, threePhase: true, divFactor: 10 }], 19),
  schedule(
    "OneCycleLR",
    "epochs and batches",
    [0.5, { epochs: 3, stepsPerEpoch: 5, finalDivFactor: 100, cycleMomentum: false }],
    14,
  ),
  plateau("patience 2", { patience: 2 }, losses, basic),
  plateau("defaults", {}, [...losses, ...losses.map(() => 2)]),
  plateau("patience 0, and a cooldown", { patience: 0, cooldown: 2, factor: 0.5 }, losses),
  plateau(
    "an accuracy, and an absolute threshold",
    { mode: "max", patience: 1, threshold: 0.11, thresholdMode: "abs" },
    accuracies,
  ),
  plateau("a relative threshold", { patience: 1, threshold: 0.19 }, losses),
  plateau("a lower bound", { patience: 1, factor: 0.1, minLr: 0.02 }, losses),
];

/** The rows of one schedule. */
export function schedulesNamed(name: string): readonly ScheduleCase[] {
  return scheduleCases.filter((row) => row.name === name);
}

/** `new StepLR(optimizer, 3, { gamma: 0.5 })` */
export function scheduleText({ name, args }: ScheduleCase): string {
  const given = args({ groups: [{ lr: 0.1, momentum: 0.9 }] }).map(argumentText);
  return `new ${name}(${["optimizer", ...given].join(", ")})`;
}
