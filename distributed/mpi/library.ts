import { describe } from "../../np/internal.ts";
import { filesFor } from "./candidates.ts";
import { familyOf, type Handles, handlesOf } from "./handles.ts";
import type { Koffi, NativeLibrary } from "./koffi.ts";
import type { Family, Launcher } from "./launcher.ts";

/** An MPI library that is loaded; none of its functions but the version's was called. */
export interface MpiLibrary {
  /** `Open MPI 4.1.4` */
  readonly name: string;
  readonly family: Family;
  /** The file's name, as the dynamic linker was asked for it. */
  readonly file: string;
  readonly native: NativeLibrary;
  readonly handles: Handles;
}

/** Where to look, and with what. */
export interface Search {
  readonly platform: string;
  /** CHALK_MPI: a path or name; empty if not set. */
  readonly wanted: string;
  readonly koffi: () => Koffi;
}

/**
 * Loads the library that CHALK_MPI names, else the first that there is, those of the launcher's
 * family first.
 * @throws RangeError if there is none, or no koffi; it says what to install or set
 */
export function findMpi(launcher: Launcher, { platform, wanted, koffi: load }: Search): MpiLibrary {
  const started = `distributed: this process was started by ${launcher.name}, `;
  let koffi: Koffi;
  try {
    koffi = load();
  } catch (error) {
    throw new RangeError(
      `${started}but koffi, which calls native libraries, cannot be loaded (${reason(error)}): install it with "npm install koffi", or start the program without mpirun`,
    );
  }
  if (wanted) {
    try {
      return open(wanted, koffi);
    } catch (error) {
      throw new RangeError(
        `${started}and CHALK_MPI is ${describe(wanted)}, which cannot be used (${reason(error)}): give the path of the MPI library of ${launcher.family}, or unset CHALK_MPI to have it looked for`,
      );
    }
  }
  const reasons: string[] = [];
  for (const file of filesFor(platform, launcher.family)) {
    try {
      return open(file, koffi);
    } catch (error) {
      reasons.push(`${file}: ${reason(error)}`);
    }
  }
  const tried = reasons.length > 0 ? ` (${reasons.join("; ")})` : `; none is known for ${platform}`;
  throw new RangeError(
    `${started}but no MPI library was found${tried}: install the library of ${launcher.family}, or give its path in CHALK_MPI`,
  );
}

/** @throws what the dynamic linker says, or TypeError for a library that is not an MPI */
function open(file: string, koffi: Koffi): MpiLibrary {
  const native = koffi.load(file, { global: true, lazy: true }); // Open MPI's plug-ins look for its symbols
  const text = versionOf(native);
  const family = familyOf(native, text);
  if (family === null) throw new TypeError(`is of an unknown kind of MPI: ${text.slice(0, 80)}`);
  return { name: nameOf(text), family, file, native, handles: handlesOf(family, native, koffi) };
}

/** It may be asked before MPI_Init. @throws TypeError for a library without this function */
function versionOf(native: NativeLibrary): string {
  const [text, length] = [new Uint8Array(2 ** 14), new Int32Array(1)];
  try {
    native.func("MPI_Get_library_version", "int", ["void *", "void *"])(text, length);
  } catch {
    throw new TypeError("is no MPI library of version 3 or later");
  }
  return new TextDecoder().decode(text.subarray(0, length[0])).replaceAll("\0", "");
}

/** `Open MPI v4.1.4, package: …` and `MPICH Version:\t4.0.2\n…` become name and version. */
export function nameOf(versionText: string): string {
  const line = versionText.split(/[\n,]/)[0] ?? "";
  return line
    .replace(/\(R\)| Library| Version:?|\bfor .*/gi, "")
    .replace(/\s+v?(?=\d)/i, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function reason(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] as string;
}
