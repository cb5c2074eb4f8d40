import type { StudentClass } from "chalk-and-tape/compare";
import type { NDArray, Random } from "chalk-and-tape/np";

/** A right program in place of a class of the catalogue, written otherwise than ours. */
export interface RightProgram {
  /** What is unusual about it, in one line. */
  readonly what: string;
  /** The class that it replaces, as in `check(name, student)`. */
  readonly name: string;
  readonly student: StudentClass;
  /** Whether it takes all options of ours, so that it passes all rows. */
  readonly all?: true;
}

/** A right layer, loss or network that the catalogue does not have. */
export interface OwnProgram {
  readonly what: string;
  readonly make: (rng: Random) => {
    forward(...inputs: NDArray[]): NDArray;
    backward(dy: NDArray): unknown;
  };
  /** Default: made by the check. */
  readonly inputs?: (rng: Random) => readonly NDArray[];
}
