// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the class is chosen by name
import type { StudentClass } from "chalk-and-tape/compare";
import type { Optimizer, Parameter } from "chalk-and-tape/manual";
import * as manual from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import type { Cause, ZooEntry } from "./entry.ts";

type Stepped = {
  [K in keyof typeof manual]: (typeof manual)[K] extends abstract new (
    ...args: never[]
  ) => Optimizer
    ? K
    : never;
}[keyof typeof manual];
type NumbersOf<K extends Stepped> = InstanceType<(typeof manual)[K]> extends Optimizer<infer G> ? G : never;
type StateOf<K extends Stepped> =
  InstanceType<(typeof manual)[K]> extends Optimizer<infer _, infer S> ? S : never;

/** One parameter in one step: values, gradient (with λp, unless it is left to the step), its group's numbers, its state. */
export interface Place<K extends Stepped> {
  readonly p: NDArray;
  readonly g: NDArray;
  readonly group: NumbersOf<K>;
  readonly s: StateOf<K>;
}
export interface Slip<K extends Stepped> {
  readonly id: string;
  readonly what: string;
  readonly why: string;
  readonly cause: Cause;
  readonly step: (place: Place<K>) => void;
}

/** Makes the entries of one optimizer. Each repeats the optimizer's step with one mistake; `fix` is the right step in one line. */
export function wrongSteps<K extends Exclude<Stepped, "Optimizer">>(
  name: K,
  fix: string,
  slips: readonly Slip<K>[],
): readonly ZooEntry[] {
  return slips.map(({ step, ...slip }) => ({
    ...slip,
    name,
    fix,
    expects: { quantity: "weight after 20 steps", says: /your step gives other weights/ },
    student: stepping(name, step),
  }));
}

function stepping<K extends Exclude<Stepped, "Optimizer">>(
  name: K,
  step: (place: Place<K>) => void,
): StudentClass {
  const Right = manual[name] as unknown as new (
    parameters: readonly Parameter[],
    options?: object,
  ) => Optimizer;
  return class extends Right {
    override step(): void {
      for (const { p, g, group, s } of this.each()) {
        const { weightDecay = 0, decoupledWeightDecay } = group as {
          weightDecay?: number;
          decoupledWeightDecay?: boolean;
        };
        const penalised = weightDecay > 0 && !decoupledWeightDecay && name !== "AdamW";
        if (decoupledWeightDecay) shrink(p, group as never);
        step({ p, g: penalised ? g.add(p.mul(weightDecay)) : g, group, s } as unknown as Place<K>);
      }
    }
  };
}

/** p ← (1 − ηλ)p. */
export function shrink(
  p: NDArray,
  { lr, weightDecay }: { readonly lr: number; readonly weightDecay: number },
): void {
  p.copyFrom(p.mul(1 - lr * weightDecay));
}

/** The next value of a moving average. */
export function average(before: NDArray, x: NDArray, decay: number): NDArray {
  return before.mul(decay).add(x.mul(1 - decay));
}

/** Updates m, v and t of the Adam family, rightly. */
export function moments(
  s: { t: number; m: NDArray; v: NDArray },
  g: NDArray,
  [beta1, beta2]: readonly [number, number],
): { readonly c1: number; readonly c2: number } {
  s.t += 1;
  s.m = average(s.m, g, beta1);
  s.v = average(s.v, g.mul(g), beta2);
  return { c1: 1 - beta1 ** s.t, c2: 1 - beta2 ** s.t };
}
