import type { NDArray } from "../../../np/index.ts";

/** The numbers and flags of a parameter group: `{ lr: 0.1, momentum: 0.9 }`. */
export type StepOptions = { readonly [name: string]: unknown };

/** One step of one parameter, as it was seen from outside. */
export interface SeenStep {
  readonly gradient: NDArray;
  readonly before: NDArray;
  readonly after: NDArray;
  /** The options of its group in this step. */
  readonly options: StepOptions;
}

/** All steps of every parameter, by name, in the order of the optimizer. */
export type StepTrace = ReadonlyMap<string, readonly SeenStep[]>;

/** One element of one parameter in one step. */
export interface Place {
  readonly p: number;
  readonly g: number;
  /** The number of the step, from 1. */
  readonly t: number;
  /** The position of the parameter among all, and their number. */
  readonly position: number;
  readonly count: number;
  readonly o: StepOptions;
}

/** Computes the next value of one element, and keeps its state from step to step. */
export type Stepper = (place: Place) => number;
/** Begins a new element. */
export type Rule = () => Stepper;

/** Whether a rule predicts every element of every step from the value before it. */
export function predicts(rule: Rule, trace: StepTrace, tolerance: number): boolean {
  return ratios(rule, trace, tolerance, 1) !== null;
}

/**
 * The one factor by which all steps of a rule must be multiplied to give those seen, or `fixed`;
 * null if there is none.
 */
export function ratios(rule: Rule, trace: StepTrace, tolerance: number, fixed?: number): number | null {
  let factor = fixed ?? null;
  const entries = [...trace.values()];
  for (const [position, steps] of entries.entries()) {
    const size = steps[0]?.before.size ?? 0;
    const flat = steps.map(({ gradient, before, after, options }) => ({
      g: gradient.flat(),
      p: before.flat(),
      next: after.flat(),
      o: options,
      allowed: tolerance * largestChange(before, after),
    }));
    for (let i = 0; i < size; i++) {
      const step = rule();
      for (const [at, { g, p, next, o, allowed }] of flat.entries()) {
        const [before, after] = [p[i] as number, next[i] as number];
        const place = { p: before, g: g[i] as number, t: at + 1, position, count: entries.length, o };
        const change = step(place) - before;
        if (factor === null && Math.abs(change) > 1e-9) factor = (after - before) / change;
        const rounding = 1e-14 * Math.abs(before);
        if (!(Math.abs(before + change * (factor ?? 1) - after) <= allowed + rounding)) return null;
      }
    }
  }
  return factor;
}

function largestChange(before: NDArray, after: NDArray): number {
  const [a, b] = [before.flat(), after.flat()];
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((b[i] as number) - (a[i] as number)));
  return most;
}

/** An option as a number; 0 if it is not one. */
export function number(o: StepOptions, name: string): number {
  const value = o[name];
  return typeof value === "number" ? value : 0;
}

/** An option that is a pair of numbers. */
export function pair(o: StepOptions, name: string): readonly [number, number] {
  const value = o[name];
  return Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [Number.NaN, Number.NaN];
}
