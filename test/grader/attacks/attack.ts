/**
 * How a test shows that an attack is one. "naive": it wins against a grader in the same process. The
 * others are seen from outside when the attack runs without a wall: a file appears, a secret is read,
 * a server is reached, a process is killed.
 */
export type Control = "naive" | "marker" | "secret" | "connection" | "datagram" | "victim";

/** A submission that wants something else than to be right. */
export interface Attack {
  readonly name: string;
  /** The wall that it aims at, as the table of the self-test names it; "grader" is the host's own code. */
  readonly aims: string;
  /** The file that is handed in. `target` is the grader's side; without functions `double` and `shift` it is empty. */
  readonly text: string;
  /** How its first check ends: the cause of the Failure. It shows that the attack ran and was no typing mistake. */
  readonly ends: RegExp;
  /** How it succeeds where nothing stops it; absent where that would not be safe to try. */
  readonly control?: Control;
  /** Only with CHALK_EXHAUSTIVE=1. */
  readonly slow?: boolean;
}

/** Functions of the right names and with wrong values, for attacks on what comes after loading. */
export const wrong = `
export const double = (x: any) => x.mul(5);
export const shift = (x: any) => x.add(7);
`;

/** Reads or does something in the first call, where exceptions are the submission's own. */
export const during = (work: string): string => `
export const double = (x: any) => { ${work}; return x.mul(5); };
export const shift = (x: any) => x.add(7);
`;

/** Loaded as usual, and the answers are wrong. */
export const wrongAnswer = /^(?!thrown|time|ended|answer|not loaded)/;
