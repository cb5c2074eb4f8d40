import type { CheckResult } from "../../homework/internal.ts";

/** One line of the self-test: what was tried, and whether the wall did what it should. */
export interface WallProbe {
  /** "file", "network", "parent", "memory" … */
  readonly wall: string;
  /** A probe must be denied, a control must pass. */
  readonly kind: "probe" | "control";
  readonly tried: string;
  readonly holds: boolean;
}

/** A graded check; `isHidden` ones show a student only title and result. */
export interface GradedCheck extends CheckResult {
  readonly isHidden: boolean;
}

/** What grading one submission gave: a file of its own, `results/<student>.json`. It holds no seed and no expected value. */
export interface SubmissionResult {
  readonly assignment: string;
  readonly student: string;
  /** The attempt that counts, counted from 1. */
  readonly attempt: number;
  /** When it was handed in (ISO), as the archive says; null if nothing says so. */
  readonly handedIn: string | null;
  /** SHA-256 of the student's file. */
  readonly source: string;
  readonly state: "graded" | "not gradable";
  /** Why it is not gradable; "" if it was graded. */
  readonly reason: string;
  readonly checks: readonly GradedCheck[];
  /** The sum of points × share, before a late rule, overrides and essays. */
  readonly score: number;
  /** The points of all checks. */
  readonly of: number;
  /** The student's own texts, by the id of the essay. */
  readonly essays: Readonly<Record<string, string>>;
  /** The checks for which the student asked for a hint, by id, as the student's own record says. */
  readonly hints: readonly string[];
  /** The wall's name; "none (--unsafe)" is said on every page. */
  readonly wall: string;
  /** Version of the package and of Node. */
  readonly grader: string;
  /** What the submission wrote to stdout and stderr, shortened. */
  readonly noise: string;
  /** The name of the folder or file in the archive. */
  readonly place?: string;
  /** For the instructor: other attempts, other names of the file, links that were refused. Never for a student. */
  readonly notes?: readonly string[];
}
