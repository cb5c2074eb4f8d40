import type { Cause, Diagnosis } from "../evidence.ts";
import { adadeltaMethod, adagradMethod } from "./adagrad.ts";
import { adamMethod, adamWMethod } from "./adam.ts";
import { adamaxMethod } from "./adamax.ts";
import { slipsOfAny } from "./any-method.ts";
import type { Method, StepSlip } from "./method.ts";
import { nadamMethod } from "./nadam.ts";
import { radamMethod } from "./radam.ts";
import { rmspropMethod } from "./rmsprop.ts";
import { rpropMethod } from "./rprop.ts";
import { sgdMethod } from "./sgd.ts";
import { number, predicts, ratios, type StepTrace } from "./trace.ts";
import { withIgnoredOption } from "./wrong-options.ts";

const methods: readonly Method[] = [
  sgdMethod,
  adamMethod,
  adamWMethod,
  adamaxMethod,
  nadamMethod,
  radamMethod,
  adagradMethod,
  adadeltaMethod,
  rmspropMethod,
  rpropMethod,
];

/**
 * Finds the known mistake that an optimizer's steps look like. The steps of the right optimizer say
 * which method it is; then wrong versions of that method are tried against the steps found, each
 * from the values and gradients seen before it, until one predicts them all. Needs no class names.
 * Default tolerance: 1e-9 of a step's largest change.
 */
export function diagnoseStep(
  found: StepTrace,
  right: StepTrace,
  { tolerance = 1e-9 }: { readonly tolerance?: number } = {},
): Diagnosis {
  const where = whereSteps(found, right);
  const unknown: Diagnosis = {
    cause: "unknown",
    where,
    what: "the steps follow no known mistake",
    cure: "compare the update formula line by line, and print the state after the first two steps",
  };
  const broken = notFinite(found);
  if (broken)
    return {
      cause: "bias correction",
      where,
      what: `the step makes a value NaN or infinite, first in step ${broken}`,
      cure: "look for a division by 0: 1 − βᵗ is 0 for t = 0, so t is 1 in the first step",
    };
  const names = Object.keys([...right.values()][0]?.[0]?.options ?? {});
  const method = methods.find(
    ({ needs, rule }) => needs.every((name) => names.includes(name)) && predicts(rule, right, tolerance),
  );
  if (!method) return unknown;
  const slips: StepSlip[] = [...method.slips, ...slipsOfAny(method.rule, found)];
  const fits = ({ rule }: StepSlip): boolean => predicts(rule, found, tolerance);
  const told = ({ cause, what, cure }: StepSlip): Diagnosis => ({
    cause,
    where,
    what: `the steps ${what}`,
    cure,
  });
  const slip = slips.find(fits);
  if (slip) return told(slip);
  const times = scaled(method, found, where, tolerance);
  if (times) return times;
  const withIgnored = withIgnoredOption(slips, found).find(fits);
  return withIgnored ? told(withIgnored) : unknown;
}

/** Steps that are the right ones, or those of a slip, times one factor. */
function scaled(method: Method, found: StepTrace, where: string, tolerance: number): Diagnosis | null {
  const factor = ratios(method.rule, found, tolerance);
  if (factor === null) return null;
  const lr = number([...found.values()][0]?.[0]?.options ?? {}, "lr");
  const is = (value: number): boolean => Math.abs(factor / value - 1) <= tolerance;
  const named = is(1 / lr) ? " = 1 / lr: lr is left out" : is(lr) ? " = lr: lr is multiplied in twice" : "";
  const cause: Cause = factor < 0 ? "sign" : is(2) || is(0.5) ? "factor 2" : "other factor";
  return {
    cause,
    where,
    what: `the steps are the right ones times ${Number(factor.toPrecision(6))}${named}`,
    cure: "p ← p − lr · direction, each once",
  };
}

/** The first step after which a value is NaN or infinite; 0 if there is none. */
function notFinite(trace: StepTrace): number {
  let first = 0;
  for (const steps of trace.values())
    for (const [at, { after }] of steps.entries())
      if (!Array.from(after.flat()).every(Number.isFinite) && (first === 0 || at + 1 < first)) first = at + 1;
  return first;
}

/** Which parameters part from the right ones, and at which step. */
function whereSteps(found: StepTrace, right: StepTrace): string {
  const places = [...found].flatMap(([name, steps]) => {
    const theirs = right.get(name) ?? [];
    const at = steps.findIndex(({ after }, i) => {
      const [a, b] = [after.flat(), theirs[i]?.after.flat() ?? []];
      return Array.from(a).some(
        (value, k) => !(Math.abs(value - (b[k] as number)) <= 1e-12 * Math.max(1, Math.abs(value))),
      );
    });
    return at < 0 ? [] : [`${name} from step ${at + 1} on`];
  });
  return `the values differ: ${places.join(", ")}`;
}
