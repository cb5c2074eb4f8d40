import type { GradedAssignment } from "../graded.ts";
import type { SubmissionResult, WallProbe } from "./result.ts";

// MERGE: once grader/pages/ is here, this file becomes
//   export type { FinalScore } from "../pages/final-score.ts";
//   export { writePages } from "../pages/write-pages.ts";

/** What a person, a late rule or an override adds to an automatic result. */
export interface FinalScore {
  readonly points: number;
  readonly changes: readonly { readonly text: string; readonly points: number }[];
  readonly essays: Readonly<Record<string, { readonly points: number; readonly comment: string }>>;
}

/** The pages of a class. */
export async function writePages(
  _results: readonly SubmissionResult[],
  _graded: GradedAssignment,
  _out: string,
  _options: {
    readonly wall: string;
    readonly selfTest: readonly WallProbe[];
    readonly sources: ReadonlyMap<string, string>;
    readonly handedInAs?: ReadonlyMap<string, string>;
    readonly finals?: ReadonlyMap<string, FinalScore>;
  },
): Promise<void> {}
