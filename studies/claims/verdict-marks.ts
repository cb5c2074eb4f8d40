import type { Verdict } from "../study.ts";

/** A sign for each verdict, which stands beside its words. */
export const marks: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  "holds within limits": "◐",
  "not seen here": "✗",
  "not measurable here": "–",
};

/** The four verdicts, from yes to unknown. */
export const verdicts: readonly Verdict[] = [
  "holds",
  "holds within limits",
  "not seen here",
  "not measurable here",
];
