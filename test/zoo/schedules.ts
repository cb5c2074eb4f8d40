import { type ScheduledOptimizer, StepLR } from "chalk-and-tape/training";
import type { Cause, ZooEntry } from "./entry.ts";

type Group = ScheduledOptimizer["groups"][number];
type Gamma = { readonly gamma?: number };

/** A schedule as a student writes it: the first learning rates, and a formula of the epoch. */
abstract class Formula {
  protected readonly optimizer: ScheduledOptimizer;
  protected readonly base: readonly number[];
  protected epoch = 0;
  constructor(optimizer: ScheduledOptimizer) {
    this.optimizer = optimizer;
    this.base = optimizer.groups.map(({ lr }) => lr);
  }
  step(): void {
    this.epoch += 1;
    this.write();
  }
  protected write(): void {
    for (const [i, group] of this.optimizer.groups.entries())
      group.lr = this.at(this.epoch, this.base[i] as number, group);
  }
  protected abstract at(epoch: number, base: number, group: Group): number;
}

/** ReduceLROnPlateau for a loss, with places for a mistake. */
abstract class Plateau {
  protected readonly optimizer: ScheduledOptimizer;
  protected best = Infinity;
  protected bad = 0;
  protected readonly patience: number;
  protected readonly factor: number;
  constructor(
    optimizer: ScheduledOptimizer,
    { patience = 10, factor = 0.1 }: { readonly patience?: number; readonly factor?: number } = {},
  ) {
    this.optimizer = optimizer;
    [this.patience, this.factor] = [patience, factor];
  }
  step(metric: number): void {
    if (metric < this.best * (1 - 1e-4)) [this.best, this.bad] = [metric, 0];
    else this.bad += 1;
    if (this.bad > this.patience) {
      for (const [i, group] of this.optimizer.groups.entries()) this.reduce(group, i);
      this.bad = 0;
    }
  }
  protected reduce(group: Group, _i: number): void {
    group.lr *= this.factor;
  }
}

const entry = { cause: "other" as Cause };
const stepLR = { ...entry, name: "StepLR", fix: "lr = base · γ^⌊t / stepSize⌋, with the base of each group" };

/** Wrong schedules. */
export const schedulesZoo: readonly ZooEntry[] = [
  {
    ...stepLR,
    id: "step-lr-compounds",
    what: "the current lr times γ^⌊t / stepSize⌋",
    why: "group.lr is at hand, the first lr is not",
    expects: { quantity: "lr", says: /starts from the lr that the constructor found/ },
    student: class extends Formula {
      readonly #size: number;
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, size: number, { gamma = 0.1 }: Gamma = {}) {
        super(optimizer);
        [this.#size, this.#gamma] = [size, gamma];
      }
      protected at(t: number, _base: number, group: Group): number {
        return group.lr * this.#gamma ** Math.floor(t / this.#size);
      }
    },
  },
  {
    ...stepLR,
    id: "step-lr-first-group-only",
    what: "only optimizer.groups[0]",
    why: "there has always been one group",
    expects: { quantity: "two groups", says: /leaves the lr of the second group alone/ },
    student: class {
      #t = 0;
      readonly optimizer: ScheduledOptimizer;
      readonly size: number;
      readonly #base: number;
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, size: number, { gamma = 0.1 }: Gamma = {}) {
        [this.optimizer, this.size] = [optimizer, size];
        [this.#base, this.#gamma] = [optimizer.groups[0]?.lr ?? 0, gamma];
      }
      step(): void {
        this.#t += 1;
        const [first] = this.optimizer.groups;
        if (first) first.lr = this.#base * this.#gamma ** Math.floor(this.#t / this.size);
      }
    },
  },
  {
    ...stepLR,
    id: "step-lr-one-base",
    what: "every group starts from the lr of the first",
    why: "one number for lr is kept",
    expects: { quantity: "two groups", says: /every group has its own first lr/ },
    student: class extends Formula {
      readonly #size: number;
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, size: number, { gamma = 0.1 }: Gamma = {}) {
        super(optimizer);
        [this.#size, this.#gamma] = [size, gamma];
      }
      protected at(t: number): number {
        return (this.base[0] as number) * this.#gamma ** Math.floor(t / this.#size);
      }
    },
  },
  {
    ...stepLR,
    id: "step-lr-late",
    what: "the epoch grows after lr was set",
    why: "the counter is increased at the end of step()",
    expects: { quantity: "lr", says: /one epoch late/ },
    student: class extends Formula {
      readonly #size: number;
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, size: number, { gamma = 0.1 }: Gamma = {}) {
        super(optimizer);
        [this.#size, this.#gamma] = [size, gamma];
      }
      override step(): void {
        this.write();
        this.epoch += 1;
      }
      protected at(t: number, base: number): number {
        return base * this.#gamma ** Math.floor(t / this.#size);
      }
    },
  },
  {
    ...stepLR,
    id: "step-lr-gamma-zero",
    what: "γ = 0 is taken for no γ",
    why: "gamma || 0.1",
    fix: "gamma ?? 0.1, or a default in the signature",
    expects: { quantity: "lr", says: /another lr than ours/ },
    student: class extends StepLR {
      constructor(optimizer: ScheduledOptimizer, size: number, { gamma }: Gamma = {}) {
        super(optimizer, size, { gamma: gamma || 0.1 });
      }
    },
  },
  {
    ...entry,
    name: "ExponentialLR",
    id: "exponential-lr-static-epoch",
    what: "the epoch in a static field",
    why: "all epochs are the same, as it seems",
    fix: "a field of the object",
    expects: { quantity: "two schedules", says: /not in a static field/ },
    student: class Shared extends Formula {
      static t = 0;
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, gamma: number) {
        super(optimizer);
        this.#gamma = gamma;
      }
      protected at(_t: number, base: number): number {
        Shared.t += 1;
        return base * this.#gamma ** Shared.t;
      }
    },
  },
  {
    ...entry,
    name: "MultiStepLR",
    id: "multi-step-lr-after-the-milestone",
    what: "reduces one epoch after the milestone",
    why: "t > milestone for t ≥ milestone",
    fix: "count the milestones ≤ t",
    expects: { quantity: "lr", says: /one epoch late/ },
    student: class extends Formula {
      readonly #milestones: readonly number[];
      readonly #gamma: number;
      constructor(optimizer: ScheduledOptimizer, milestones: readonly number[], { gamma = 0.1 }: Gamma = {}) {
        super(optimizer);
        [this.#milestones, this.#gamma] = [milestones, gamma];
      }
      protected at(t: number, base: number): number {
        return base * this.#gamma ** this.#milestones.filter((one) => t > one).length;
      }
    },
  },
  {
    ...entry,
    name: "CosineAnnealingLR",
    id: "cosine-lr-whole-turn",
    what: "cos(2πt / tMax): back at the top at tMax",
    why: "a period is a whole turn",
    fix: "cos(πt / tMax)",
    expects: { quantity: "lr", says: /first at epoch 1/ },
    student: class extends Formula {
      readonly #tMax: number;
      readonly #least: number;
      constructor(
        optimizer: ScheduledOptimizer,
        tMax: number,
        { etaMin = 0 }: { readonly etaMin?: number } = {},
      ) {
        super(optimizer);
        [this.#tMax, this.#least] = [tMax, etaMin];
      }
      protected at(t: number, base: number): number {
        return this.#least + ((base - this.#least) * (1 + Math.cos((2 * Math.PI * t) / this.#tMax))) / 2;
      }
    },
  },
  {
    ...entry,
    name: "CosineAnnealingWarmRestarts",
    id: "warm-restarts-all-equal",
    what: "tMult is ignored: every cycle has t0 epochs",
    why: "t % t0 is all that the default needs",
    fix: "each cycle is tMult times as long as the one before",
    expects: { quantity: "lr", says: /another lr than ours/ },
    student: class extends Formula {
      readonly #t0: number;
      readonly #least: number;
      constructor(
        optimizer: ScheduledOptimizer,
        t0: number,
        { etaMin = 0 }: { readonly etaMin?: number } = {},
      ) {
        super(optimizer);
        [this.#t0, this.#least] = [t0, etaMin];
      }
      protected at(t: number, base: number): number {
        const share = (t % this.#t0) / this.#t0;
        return this.#least + ((base - this.#least) * (1 + Math.cos(Math.PI * share))) / 2;
      }
    },
  },
  {
    ...entry,
    name: "ConstantLR",
    id: "constant-lr-one-epoch-late",
    what: "the factor also holds at epoch totalIters",
    why: "<= for <",
    fix: "the factor holds for t < totalIters",
    expects: { quantity: "lr", says: /one epoch late/ },
    student: class extends Formula {
      readonly #factor: number;
      readonly #total: number;
      constructor(
        optimizer: ScheduledOptimizer,
        { factor = 1 / 3, totalIters = 5 }: { readonly factor?: number; readonly totalIters?: number } = {},
      ) {
        super(optimizer);
        [this.#factor, this.#total] = [factor, totalIters];
        this.write();
      }
      protected at(t: number, base: number): number {
        return t <= this.#total ? base * this.#factor : base;
      }
    },
  },
  {
    ...entry,
    name: "LinearLR",
    id: "linear-lr-full-start",
    what: "the constructor leaves lr as it is",
    why: "nothing happens before the first step(), as it seems",
    fix: "the constructor sets the lr of epoch 0",
    expects: { quantity: "lr", says: /after the constructor/ },
    student: class extends Formula {
      readonly #factors: readonly [number, number];
      readonly #total: number;
      constructor(
        optimizer: ScheduledOptimizer,
        given: {
          readonly startFactor?: number;
          readonly endFactor?: number;
          readonly totalIters?: number;
        } = {},
      ) {
        super(optimizer);
        this.#factors = [given.startFactor ?? 1 / 3, given.endFactor ?? 1];
        this.#total = given.totalIters ?? 5;
      }
      protected at(t: number, base: number): number {
        const [start, end] = this.#factors;
        return base * (start + (end - start) * Math.min(1, t / this.#total));
      }
    },
  },
  {
    ...entry,
    name: "PolynomialLR",
    id: "polynomial-lr-goes-on",
    what: "(1 − t / T)ᵖ goes on after T",
    why: "training is expected to end there",
    fix: "min(t, T)",
    expects: { quantity: "lr", says: /first at epoch 6/ },
    student: class extends Formula {
      readonly #total: number;
      readonly #power: number;
      constructor(
        optimizer: ScheduledOptimizer,
        { totalIters = 5, power = 1 }: { readonly totalIters?: number; readonly power?: number } = {},
      ) {
        super(optimizer);
        [this.#total, this.#power] = [totalIters, power];
      }
      protected at(t: number, base: number): number {
        return base * (1 - t / this.#total) ** this.#power;
      }
    },
  },
  {
    ...entry,
    name: "LambdaLR",
    id: "lambda-lr-multiplies-up",
    what: "the current lr times f(t)",
    why: "MultiplicativeLR has the same arguments",
    fix: "base · f(t)",
    expects: { quantity: "lr", says: /starts from the lr that the constructor found/ },
    student: class extends Formula {
      readonly #f: (t: number) => number;
      constructor(
        optimizer: ScheduledOptimizer,
        f: ((t: number) => number) | readonly ((t: number) => number)[],
      ) {
        super(optimizer);
        this.#f = typeof f === "function" ? f : (f[0] as (t: number) => number);
      }
      protected at(t: number, _base: number, group: Group): number {
        return group.lr * this.#f(t);
      }
    },
  },
  {
    ...entry,
    name: "ReduceLROnPlateau",
    id: "plateau-one-epoch-early",
    what: "reduces after patience epochs, not after more",
    why: ">= for >",
    fix: "reduce once there are more than patience bad epochs",
    expects: { quantity: "lr", says: /another lr than ours/ },
    student: class extends Plateau {
      override step(metric: number): void {
        if (metric < this.best * (1 - 1e-4)) [this.best, this.bad] = [metric, 0];
        else this.bad += 1;
        if (this.bad < this.patience) return;
        for (const [i, group] of this.optimizer.groups.entries()) this.reduce(group, i);
        this.bad = 0;
      }
    },
  },
  {
    ...entry,
    name: "ReduceLROnPlateau",
    id: "plateau-from-the-first-lr",
    what: "the first lr times γⁿ, whatever lr is now",
    why: "so do the other schedules",
    fix: "group.lr = group.lr · factor",
    expects: { quantity: "lr changed by hand", says: /reduce the current group\.lr/ },
    student: class extends Plateau {
      readonly #now: number[] = [];
      protected override reduce(group: Group, i: number): void {
        this.#now[i] = (this.#now[i] ?? group.lr) * this.factor;
        group.lr = this.#now[i] as number;
      }
    },
  },
];
