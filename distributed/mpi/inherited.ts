import { fstatSync } from "node:fs";
import type { Launcher } from "./launcher.ts";

/**
 * MPICH's launcher speaks with its processes through a file descriptor that they inherit. A program
 * in between, such as npx, passes none on, and MPI would end the process with its own messages.
 * @throws RangeError if the descriptor is missing; it says how to start instead
 */
export function expectInherited({ name, family }: Launcher): void {
  const { PMI_FD } = process.env;
  if (family !== "MPICH" || !PMI_FD || isSocket(Number(PMI_FD))) return;
  throw new RangeError(
    `distributed: ${name} waits at file descriptor ${PMI_FD}, which this process did not inherit, because a program in between, such as npx, passes none on. Write node_modules/.bin/chalk-and-tape in place of npx chalk-and-tape, or start with mpirun -pmi-port`,
  );
}

function isSocket(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isSocket();
  } catch {
    return false;
  }
}
