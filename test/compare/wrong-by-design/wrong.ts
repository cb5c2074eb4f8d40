import type { StudentClass } from "chalk-and-tape/compare";

/** A wrong program that every row written by hand lets pass, and the designed rows that catch it. */
export interface Wrong {
  readonly name: string;
  readonly kind: string;
  readonly student: StudentClass;
  readonly caughtBy: RegExp;
}

export function wrong(name: string, kind: string, student: StudentClass, caughtBy: RegExp): Wrong {
  return { name, kind, student, caughtBy };
}
