import type { Hints } from "../gradcheck/index.ts";
import type { Check } from "./checks/check.ts";

/** One step of an assignment, as the text numbers it. */
export interface Task {
  readonly number: number;
  readonly title: string;
}

/** Text that a person grades, by a rubric. */
export interface Essay {
  /** Unique in its assignment, and the name of the text in the student's file: `answers.width`. */
  readonly id: string;
  readonly task: number;
  readonly points: number;
  readonly title: string;
  /** What earns how many points; a grader adds the lines that hold. */
  readonly rubric: readonly { readonly points: number; readonly text: string }[];
}

/** What a student works on, and what is checked where the student can see it. */
export interface Assignment {
  /** `hw1`; the student's file is `hw1.ts`. */
  readonly id: string;
  readonly title: string;
  /** All points: of public checks, hidden checks and text that a person grades. */
  readonly points: number;
  /** Measured hours, as the student's page says them. */
  readonly hours: number;
  /** How much a failed check gives away without `--hint`. */
  readonly hints: Hints;
  readonly tasks: readonly Task[];
  /** The public checks, in the order in which they run. */
  readonly checks: readonly Check[];
  /** Text that a person grades; none by default. */
  readonly essays: readonly Essay[];
  /** How many checks run when the work is graded, and not here. */
  readonly hidden: number;
  /**
   * The share of a check's points that a known mistake still earns, by cause of the diagnosis, in the checks
   * that list the cause in their `credit`. Elsewhere, and for any other cause, a mistake earns nothing.
   */
  readonly credit: Readonly<Record<string, number>>;
  /** Files that differ from student to student, by name; the seed comes from the student's name. */
  readonly variant?: (seed: number) => Readonly<Record<string, string>>;
}
