import type { CheckReport, FormatOptions } from "../../gradcheck/index.ts";
import {
  checkOwnOptimizer,
  checkSchedule,
  type MakeStepper,
  motion,
  noDistance,
  type OptimizerHabits,
  propertyRow,
  report,
  type ScheduleLike,
  type ScheduleSpecimen,
  type Stepper,
  schedulePath,
} from "../../gradcheck/internal.ts";
import { Optimizer } from "../../manual/index.ts";
import { LRScheduler, ReduceLROnPlateau } from "../../training/index.ts";
import { argumentText } from "../cases/argument-text.ts";
import { construct } from "../cases/case.ts";
import { habitNotes } from "./optimizer-habits.ts";
import { throwSite } from "./throw-site.ts";

/** A class of one's own with a step: an optimizer or a schedule. */
export type StepClass = new (...args: never[]) => { step(...metric: never[]): unknown };

/** Options for an optimizer or a schedule outside the catalogue. */
export interface StepClassOptions extends FormatOptions {
  /**
   * The constructor's arguments after the parameters, or after the optimizer; default `[{ lr: 0.1 }]`,
   * then `[0.1]`, then none, whichever the class takes.
   */
  readonly args?: readonly unknown[];
  /** Seeds the parameters and gradients; default 0. */
  readonly seed?: number;
  /** Whether to suppress printing the report; default false. */
  readonly quiet?: boolean;
}

/** Whether this is a class with a step, and no forward. */
export function isStepClass(what: unknown): what is StepClass {
  const prototype: unknown = typeof what === "function" ? what.prototype : null;
  if (typeof prototype !== "object" || prototype === null) return false;
  return typeof Reflect.get(prototype, "step") === "function" && !("forward" in prototype);
}

/** One way to use the class. */
interface Use {
  readonly kind: "an optimizer" | "a schedule";
  readonly args: readonly unknown[];
  /** What a schedule's step gets; default the epoch, if it takes anything. */
  readonly metrics?: readonly number[];
}

/** Steps of a schedule, and a metric that never improves. */
const steps = 50;
const constant: readonly number[] = Array.from({ length: steps }, () => 1);

/** Checks an optimizer or a schedule outside the catalogue: whatever its formula, for what any right one does. */
export function checkStepClass(Class: StepClass, options: StepClassOptions): CheckReport {
  const { seed = 0 } = options;
  const title = Class.name || "YourClass";
  const use = useOf(Class, options);
  const again = `check(${title}, { ${options.args ? "args: […], " : ""}seed: ${seed} })`;
  if ("errors" in use) {
    const message = use.errors.join("\n");
    return report([propertyRow(title, "no error", noDistance, [], message)], seed, again);
  }
  const found = attempt(title, () => run(Class, use, seed));
  const first = use.kind === "an optimizer" ? "parameters" : "optimizer";
  const call = `new ${title}(${[first, ...use.args.map(argumentText)].join(", ")})`;
  const notes = [
    `Assumed: ${call} is ${use.kind} outside the catalogue, so its formula is not checked. Other arguments: check(${title}, { args: […] }); one of the catalogue: check("${use.kind === "an optimizer" ? "SGD" : "StepLR"}", ${title})`,
    ...habitNotes([found]),
  ];
  return { ...report(found.rows, seed, again), notes };
}

/** An error becomes a failed row. */
function attempt(title: string, find: () => OptimizerHabits): OptimizerHabits {
  try {
    return find();
  } catch (error) {
    const message = error instanceof Error ? `${error.message}${throwSite(error)}` : String(error);
    return { rows: [propertyRow(title, "no error", noDistance, [], message)], leftOut: [], notes: [] };
  }
}

function run(Class: StepClass, use: Use, seed: number): OptimizerHabits {
  const { kind, args } = use;
  if (kind === "a schedule") return checkSchedule(scheduleOf(Class, use));
  const [options] = args;
  const given = typeof options === "object" && options !== null ? Reflect.get(options, "lr") : options;
  return checkOwnOptimizer({
    title: Class.name || "YourClass",
    make: maker(Class, args),
    ours: null,
    lr: typeof given === "number" ? given : 0.1,
    momentum: 0,
    seed,
  });
}

/** Makes the optimizer; a plain object among the arguments is copied every time. */
function maker(Class: StepClass, args: readonly unknown[]): MakeStepper {
  return (given) => construct<Stepper>(Class, [given, ...args.map(copied)]);
}

function copied(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? { ...value }
    : value;
}

function scheduleOf(Class: StepClass, { args, metrics }: Use): ScheduleSpecimen {
  return {
    title: Class.name || "YourClass",
    make: (optimizer) => construct<ScheduleLike>(Class, [optimizer, ...args.map(copied)]),
    ours: null,
    steps,
    metrics,
  };
}

/** What the class is, and which arguments it takes: the first use that has an effect. */
function useOf(Class: StepClass, { args, seed = 0 }: StepClassOptions): Use | { readonly errors: string[] } {
  const { prototype } = Class;
  const isSchedule = prototype instanceof LRScheduler || prototype instanceof ReduceLROnPlateau;
  const choices: readonly (readonly unknown[])[] = args ? [args] : [[{ lr: 0.1 }], [0.1], []];
  const uses: Use[] = [
    ...(isSchedule ? [] : choices.map((one): Use => ({ kind: "an optimizer", args: one }))),
    ...(prototype instanceof Optimizer ? [] : asSchedule(args ?? [], prototype.step.length > 0)),
  ];
  const errors: string[] = [];
  let ran: Use | null = null;
  for (const use of uses) {
    try {
      if (hasEffect(Class, use, seed)) return use;
      ran ??= use;
    } catch (error) {
      const reason = error instanceof Error ? `${error.message}${throwSite(error)}` : String(error);
      const first = use.kind === "an optimizer" ? "parameters" : "optimizer";
      errors.push(`as new ${Class.name}(${[first, ...use.args.map(argumentText)].join(", ")}): ${reason}`);
    }
  }
  return ran ?? { errors };
}

function asSchedule(args: readonly unknown[], takesMetric: boolean): Use[] {
  const use: Use = { kind: "a schedule", args };
  return takesMetric ? [use, { ...use, metrics: constant }] : [use];
}

function hasEffect(Class: StepClass, use: Use, seed: number): boolean {
  if (use.kind === "an optimizer") return motion({ make: maker(Class, use.args), seed }) === "moves";
  const specimen = scheduleOf(Class, use);
  const rates = schedulePath(specimen.make, [0.4], specimen).map(([group]) => group?.lr);
  return new Set([0.4, ...rates]).size > 1;
}
