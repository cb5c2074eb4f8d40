import type { Cause } from "../evidence.ts";
import type { Rule } from "./trace.ts";

/** A wrong rule, and what to tell a student whose steps follow it. */
export interface StepSlip {
  readonly cause: Cause;
  /** A clause that continues "the steps": "are those without the correction of m". */
  readonly what: string;
  readonly cure: string;
  readonly rule: Rule;
}

/** An update method: its options by name, its right rule, and its known slips. */
export interface Method {
  readonly name: string;
  /** The option names without which a group cannot belong to this method. */
  readonly needs: readonly string[];
  readonly rule: Rule;
  readonly slips: readonly StepSlip[];
}

/** A slip in one line. */
export function slip(cause: Cause, what: string, cure: string, rule: Rule): StepSlip {
  return { cause, what, cure, rule };
}
