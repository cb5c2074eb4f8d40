import { fstatSync } from "node:fs";
import { describe } from "../../np/internal.ts";

/**
 * Checks that MPICH's launcher can be reached. It gives every process that it starts a socket, whose
 * number is in `PMI_FD`; Node does not pass it on to a program that it starts in turn, as npx does.
 * Without it the MPI library ends the process.
 * @throws RangeError that says how to start the program instead
 */
export function expectLauncherSocket(env: Readonly<Record<string, string | undefined>>): void {
  const { PMI_FD: number } = env;
  if (number === undefined || isSocket(Number(number))) return;
  throw new RangeError(
    `distributed: mpirun of MPICH started this process through another program, such as npx, which does not pass on the socket to mpirun (PMI_FD is ${describe(number)}); start the command itself: mpirun -n 4 node_modules/.bin/chalk-and-tape compare, or mpirun -n 4 node program.mjs`,
  );
}

function isSocket(fd: number): boolean {
  try {
    return fstatSync(fd).isSocket();
  } catch {
    return false;
  }
}
