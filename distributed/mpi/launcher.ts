/** A family of MPI libraries. A program started by one family's launcher needs a library of that family. */
export type Family = "Open MPI" | "MPICH";

/** What the launcher of a parallel program says of this process, by its environment variables. */
export interface Launcher {
  /** `mpirun of Open MPI` */
  readonly name: string;
  readonly family: Family;
  readonly rank: number;
  /** Null if it does not say. */
  readonly size: number | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The launcher that started this process; null if none did, so that it is alone. */
export function launcherOf(env: Environment): Launcher | null {
  const found = (name: string, family: Family, rank?: string, size?: string): Launcher => ({
    name,
    family,
    rank: Number(rank ?? 0),
    size: size === undefined ? null : Number(size),
  });
  if (env.OMPI_COMM_WORLD_SIZE)
    return found("mpirun of Open MPI", "Open MPI", env.OMPI_COMM_WORLD_RANK, env.OMPI_COMM_WORLD_SIZE);
  const isSlurm = Number(env.SLURM_STEP_NUM_TASKS) > 1;
  const [name, tasks] = isSlurm ? ["srun of SLURM", env.SLURM_STEP_NUM_TASKS] : ["a PMIx launcher"];
  if (env.PMIX_RANK) return found(name, "Open MPI", env.PMIX_RANK, tasks);
  if (env.PMI_SIZE)
    return found(tasks === env.PMI_SIZE ? name : "mpirun of MPICH", "MPICH", env.PMI_RANK, env.PMI_SIZE);
  if (env.PMI_PORT) return found("mpirun of MPICH", "MPICH", env.PMI_ID); // started with -pmi-port
  return isSlurm ? found(name, "MPICH", env.SLURM_PROCID, tasks) : null;
}
