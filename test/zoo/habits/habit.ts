import type { StudentClass } from "chalk-and-tape/compare";

/** A wrong program whose formula is right: its state, order or time is wrong. */
export interface HabitProgram {
  readonly kind:
    | "drawn once"
    | "remembered too long"
    | "shared between objects"
    | "another rhythm"
    | "an option nobody used"
    | "alternating modes"
    | "memory";
  /** What is wrong, in one line. */
  readonly what: string;
  /** The class that it replaces, as in `check(name, student)`. */
  readonly name: string;
  readonly student: StudentClass;
  /** What a failed row must say. */
  readonly says: RegExp;
}
