import type { SubmissionResult } from "../grading/result.ts";

/** What a person, a late rule or an override adds to an automatic result. */
export interface FinalScore {
  /** All points that count. */
  readonly points: number;
  /** What changed the sum, in the order in which it was applied: "2 days late", "override: illness". */
  readonly changes: readonly { readonly text: string; readonly points: number }[];
  /** Graded texts, by the id of the essay. */
  readonly essays: Readonly<Record<string, { readonly points: number; readonly comment: string }>>;
}

/** The score before anything is added. */
export function automatic({ score }: SubmissionResult): FinalScore {
  return { points: score, changes: [], essays: {} };
}
