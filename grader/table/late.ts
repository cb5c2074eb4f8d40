import { describe } from "../../np/internal.ts";

/** What a late submission loses. */
export interface LateRule {
  /** Per cent of the score for each day that has begun. */
  readonly percent: number;
  /** Days that count at most; Infinity without a limit. */
  readonly mostDays: number;
}

/** @throws RangeError for anything but "10% per day" or "10% per day, at most 3" */
export function lateRuleFrom(text: string): LateRule {
  const match = /^(\d+(?:\.\d+)?)\s*% per day(?:,? at most (\d+)(?: days?)?)?$/.exec(text.trim());
  const percent = Number(match?.[1]);
  if (!match || percent > 100)
    throw new RangeError(`late is ${describe(text)}, expected "10% per day" or "10% per day, at most 3"`);
  return { percent, mostDays: match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]) };
}

/** Hours after the deadline and the student's own extension; 0 for work in time or without a time. */
export function hoursLate(handedIn: string | null, due: string | null, extension: number): number {
  if (handedIn === null || due === null) return 0;
  const hours = (Date.parse(handedIn) - Date.parse(due)) / 3_600_000 - extension;
  return Math.max(0, Math.round(100 * hours) / 100);
}

/** The days that count: each that has begun, no more than the rule says. */
export function daysLate(hours: number, { mostDays }: LateRule): number {
  return Math.min(Math.ceil(hours / 24), mostDays);
}

/** The points that a score loses. */
export function penaltyOf(score: number, hours: number, rule: LateRule): number {
  return Math.min(score, (score * rule.percent * daysLate(hours, rule)) / 100);
}
