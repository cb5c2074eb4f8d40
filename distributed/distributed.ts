import { isMainThread } from "node:worker_threads";
import { agreeOnSeed, freshSeed } from "../np/internal.ts";
import { watchOver } from "./lifecycle.ts";
import { alone } from "./mpi/channel.ts";
import { loadKoffi } from "./mpi/koffi.ts";
import { launcherOf } from "./mpi/launcher.ts";
import { expectLauncherSocket } from "./mpi/launcher-socket.ts";
import { startMpi } from "./mpi/start.ts";
import { ProcessRanks } from "./process-ranks.ts";

let ranks: ProcessRanks | null = null;

/**
 * The processes that `mpirun -n 4 node program.mjs` started, for `new DataLoader(data, { ranks })`.
 * Without mpirun this process is rank 0 of 1, and nothing is loaded. Every call returns the same
 * object. The MPI library is found by itself, or by its path or name in `CHALK_MPI`; koffi must be
 * installed. A rank that fails stops the others. In a program without a seed all ranks use that of
 * rank 0 from then on, and only rank 0 prints it.
 * @throws RangeError if there is no MPI library, or if it is not the launcher's, and in a worker thread
 * @example
 * const ranks = distributed();
 * String(ranks) // "rank 0 of 1 (alone)"
 */
export function distributed(): ProcessRanks {
  ranks ??= start();
  return ranks;
}

function start(): ProcessRanks {
  const launcher = launcherOf(process.env);
  if (launcher === null) return new ProcessRanks(alone);
  if (!isMainThread)
    throw new RangeError("distributed: called in a worker thread; MPI needs the main thread of each process");
  const { platform, env } = process;
  expectLauncherSocket(env);
  const channel = startMpi(launcher, { platform, wanted: env.CHALK_MPI ?? "", koffi: loadKoffi });
  const started = new ProcessRanks(channel);
  watchOver(started, channel);
  const seed = Float64Array.of(freshSeed());
  started.broadcast(seed);
  agreeOnSeed(seed[0] as number, started.rank === 0);
  return started;
}
