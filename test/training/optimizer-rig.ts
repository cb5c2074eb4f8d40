// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import * as autograd from "chalk-and-tape/autograd";
import type { OptimizerState } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import { noise } from "../torch/tables.ts";

/** Every optimizer, with each option off its default that can be together. */
export const optimizerOptions = {
  Adadelta: { lr: 0.5, rho: 0.7, eps: 1e-2, weightDecay: 0.1 },
  Adagrad: { lr: 0.1, lrDecay: 0.3, weightDecay: 0.1, initialAccumulatorValue: 0.2, eps: 0.05 },
  Adam: { lr: 0.05, betas: [0.8, 0.95], eps: 1e-3, weightDecay: 0.1, amsgrad: true },
  Adamax: { lr: 0.05, betas: [0.8, 0.7], eps: 0.05, weightDecay: 0.1 },
  AdamW: { lr: 0.05, betas: [0.8, 0.5], eps: 0.05, weightDecay: 0.3, amsgrad: true },
  NAdam: { lr: 0.05, betas: [0.8, 0.95], eps: 0.05, momentumDecay: 0.3, weightDecay: 0.1 },
  RAdam: { lr: 0.05, betas: [0.8, 0.95], eps: 0.05, weightDecay: 0.1, decoupledWeightDecay: true },
  RMSprop: { lr: 0.02, alpha: 0.7, eps: 0.1, momentum: 0.6, centered: true, weightDecay: 0.1 },
  Rprop: { lr: 0.02, etas: [0.7, 1.1], stepSizes: [0.01, 0.03] },
  SGD: { lr: 0.05, momentum: 0.9, dampening: 0.25, weightDecay: 0.1, maximize: true },
} as const;
export type OptimizerName = keyof typeof optimizerOptions;
export const optimizerNames = Object.keys(optimizerOptions) as OptimizerName[];

type AnyOptimizer = Pick<manual.Optimizer, "step" | "zeroGrad" | "stateDict" | "loadStateDict" | "groups">;

/** An optimizer of either side with its parameters, and steps through given gradients. */
export interface Rig {
  readonly side: "chalk" | "tape";
  readonly optimizer: AnyOptimizer;
  readonly values: readonly NDArray[];
  /** Gives every parameter its gradient, null for none, and steps. */
  step(gradients: readonly (NDArray | null)[]): void;
}
export type Wrap = (parameters: readonly never[]) => unknown;

type Class = new (parameters: unknown, options?: object) => AnyOptimizer;

/** `wrap` makes groups of the parameters. */
export function chalkRig(name: OptimizerName, options: object, start: readonly NDArray[], wrap?: Wrap): Rig {
  const parameters = start.map(
    (x, k): manual.Parameter => ({ name: `p${k}`, value: x.copy(), gradient: null }),
  );
  const given = wrap ? wrap(parameters as never[]) : parameters;
  const optimizer = new (manual[name] as unknown as Class)(given, options);
  const step = (gradients: readonly (NDArray | null)[]): void => {
    for (const [k, p] of parameters.entries()) p.gradient = gradients[k] ?? null;
    optimizer.step();
  };
  return { side: "chalk", optimizer, values: parameters.map((p) => p.value), step };
}

export function tapeRig(name: OptimizerName, options: object, start: readonly NDArray[], wrap?: Wrap): Rig {
  const parameters = start.map((x) => autograd.tensor(x, { requiresGrad: true }));
  const given = wrap ? wrap(parameters as never[]) : parameters;
  const optimizer = new (autograd[name] as unknown as Class)(given, options);
  const step = (gradients: readonly (NDArray | null)[]): void => {
    for (const [k, p] of parameters.entries())
      p.grad = gradients[k] ? new autograd.Tensor(gradients[k]) : null;
    optimizer.step();
  };
  return { side: "tape", optimizer, values: parameters.map((p) => p.data), step };
}

export const rigs = [chalkRig, tapeRig] as const;

/** Two parameters. */
export const start: readonly NDArray[] = [noise([2, 3], 1), noise([4], 2)];

/** p's own curvature plus noise, so that gradients change sign and size. */
export function slopes({ values }: Rig, step: number): NDArray[] {
  return values.map((p, k) => p.mul(0.5 + k).add(noise(p.shape, 10 * step + k)));
}

/** Steps `from` … `to`. */
export function run(rig: Rig, from: number, to: number): Rig {
  for (let step = from; step <= to; step++) rig.step(slopes(rig, step));
  return rig;
}

export function numbersOf({ values }: Rig): number[][] {
  return values.map((x) => [...x.flat()]);
}

/** What a checkpoint on a disk does: the JSON part through text, the arrays through bytes. */
export function throughFiles({ arrays, ...json }: OptimizerState): OptimizerState {
  const copies = Object.entries(arrays).map(([name, x]) => [name, x.copy()]);
  return { ...JSON.parse(JSON.stringify(json)), arrays: Object.fromEntries(copies) };
}
