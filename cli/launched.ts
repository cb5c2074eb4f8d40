import type { Group } from "./group.ts";

/** Variables that mpirun and its like set for the processes that they start. */
const ofLaunchers = /^(OMPI|PMI|PMIX|SLURM)_/;

/**
 * The processes that a launcher such as mpirun started for this command; null for one alone. Nothing
 * of MPI is loaded then.
 */
export async function group(): Promise<Group | null> {
  const isLaunched = Object.keys(process.env).some((name) => ofLaunchers.test(name));
  return isLaunched ? (await import("./group.ts")).ownGroup : null;
}
