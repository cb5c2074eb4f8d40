import { Failure, machineCause } from "../../homework/internal.ts";

/** This computer cannot do what grading needs. It ends the run and decides no points. */
export class MachineError extends RangeError {
  override readonly name: string = "MachineError";

  constructor(why: string) {
    super(`${why}; nothing was decided for this submission: close other programs, and run it again`);
  }
}

/** @throws MachineError for a Failure that is the machine's */
export function expectMachine(error: unknown): void {
  if (error instanceof Failure && error.cause === machineCause) throw new MachineError(error.message);
}
