import type { Family } from "./launcher.ts";

/** The file names to ask the dynamic linker for. */
type Files = Readonly<Record<Family, readonly string[]>>;

/**
 * By `process.platform`, in order of preference. Only those of Linux were tried. `libmpi.so.12` is
 * also Intel MPI's, and `msmpi.dll` is Microsoft's, which is of MPICH's family.
 */
export const candidates: Readonly<Record<string, Files>> = {
  linux: {
    "Open MPI": ["libmpi.so.40", "libmpi.so"],
    MPICH: ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi.so"],
  },
  darwin: {
    "Open MPI": [
      "libmpi.40.dylib",
      "libmpi.dylib",
      "/opt/homebrew/lib/libmpi.dylib",
      "/usr/local/lib/libmpi.dylib",
    ],
    MPICH: [
      "libmpi.12.dylib",
      "libmpi.dylib",
      "/opt/homebrew/opt/mpich/lib/libmpi.dylib",
      "/usr/local/opt/mpich/lib/libmpi.dylib",
    ],
  },
  win32: { "Open MPI": [], MPICH: ["msmpi.dll", "impi.dll"] },
};

/** All files of a platform: those of the launcher's own family first. */
export function filesFor(platform: string, family: Family): readonly string[] {
  const files = candidates[platform];
  if (!files) return [];
  const other = family === "MPICH" ? "Open MPI" : "MPICH";
  return [...new Set([...files[family], ...files[other]])];
}
