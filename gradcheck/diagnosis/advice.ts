/**
 * How much a report gives away. "where": which gradient and which elements are wrong. "what": also
 * what they look like. "cure": also what to write.
 */
export type Hints = "where" | "what" | "cure";

/** Something to tell a student, in three parts. Each may be empty. */
export interface Advice {
  /** Which gradient, and which of its elements. */
  readonly where: string;
  /** What it looks like; a sentence that replaces `where`. */
  readonly what: string;
  /** What to write, or where to look; it continues `what`. */
  readonly cure: string;
}

/** The advice as one line that gives away as much as `hints` allows; "" if that is nothing. */
export function adviceText({ where, what, cure }: Advice, hints: Hints = "cure"): string {
  if (hints === "where") return where;
  if (hints === "what" || !cure) return what;
  if (!what) return cure;
  const sentence = what.slice(what.lastIndexOf(". ") + 1);
  return `${what}${/[:;] /.test(sentence) ? ";" : ":"} ${cure}`;
}

/** Text that gives nothing away, so it is always shown. */
export function plainAdvice(text: string): Advice {
  return { where: text, what: text, cure: "" };
}

/** Text that is part of the solution. */
export function cureAdvice(text: string): Advice {
  return { where: "", what: "", cure: text };
}

/** A row's text that gives away as much as `hints` allows: a line for each piece of advice. */
export function adviceLines(
  { advice, diagnosis = "" }: { readonly advice?: readonly Advice[]; readonly diagnosis?: string },
  hints: Hints = "cure",
): string[] {
  if (!advice) return diagnosis.split("\n");
  return advice.flatMap((one) => adviceText(one, hints).split("\n")).filter(Boolean);
}

/** A wrong row with more advice; its diagnosis is all of it. */
export function advised<T extends { readonly advice?: readonly Advice[]; readonly diagnosis?: string }>(
  row: T,
  more: readonly Advice[],
): T {
  const before = row.advice ?? (row.diagnosis ? [plainAdvice(row.diagnosis)] : []);
  const advice = [...before, ...more];
  return { ...row, advice, diagnosis: adviceLines({ advice }).join("\n") };
}
