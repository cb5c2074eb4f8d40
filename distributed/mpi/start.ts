import type { Channel } from "./channel.ts";
import type { Launcher } from "./launcher.ts";
import { findMpi, type MpiLibrary, type Search } from "./library.ts";
import { openChannel } from "./open-channel.ts";

/**
 * Finds the library, starts MPI, and checks that it counts as the launcher does: a library of
 * another family starts every process as rank 0 of 1, which would train by itself without a word.
 * @throws RangeError if the library and the launcher do not fit; it names both, and says what to do
 */
export function startMpi(launcher: Launcher, search: Search): Channel {
  if (launcher.family === "MPICH") leaveMemoryAlone();
  const library = findMpi(launcher, search);
  const channel = openChannel(library);
  const problem = misfit(launcher, library, channel, search.wanted);
  if (problem === null) return channel;
  channel.finalize();
  throw new RangeError(problem);
}

/**
 * UCX, which MPICH uses, patches the C library's memory functions in the running process and tries
 * them out by moving the end of the heap. Node's other threads use it meanwhile: one start of four
 * ranks in twenty ended in a segmentation fault. UCX reads this variable when it is loaded.
 */
function leaveMemoryAlone(): void {
  process.env.UCX_MEM_EVENTS ??= "no";
}

/** Why a library does not serve a launcher; null if it does. */
export function misfit(
  launcher: Launcher,
  { name, family, file }: Pick<MpiLibrary, "name" | "family" | "file">,
  { rank, size }: Pick<Channel, "rank" | "size">,
  wanted: string,
): string | null {
  const { rank: ownRank, size: ownSize } = launcher;
  if (rank === ownRank && size === (ownSize ?? size)) return null;
  const own = `rank ${ownRank}${ownSize === null ? "" : ` of ${ownSize}`}`;
  const advice =
    family === launcher.family
      ? `use the launcher that belongs to this library (with srun: --mpi=pmi2 or --mpi=pmix), or give the library that belongs to your launcher in CHALK_MPI`
      : `use the mpirun of ${family}, or ${wanted ? "unset CHALK_MPI, or " : ""}install the library of ${launcher.family} or give its path in CHALK_MPI`;
  return `distributed: ${launcher.name} started this process as ${own}, but ${name} (${file}) takes it for rank ${rank} of ${size}, so the processes would not train together: ${advice}`;
}
