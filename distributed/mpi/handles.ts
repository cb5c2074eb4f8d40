import type { Koffi, NativeLibrary } from "./koffi.ts";
import type { Family } from "./launcher.ts";

/** How a family writes what C programs call MPI_COMM_WORLD, MPI_FLOAT and so on. */
export interface Handles {
  /** The C type of a handle, for koffi. */
  readonly type: "intptr_t" | "int";
  readonly world: Handle;
  readonly float: Handle;
  readonly double: Handle;
  readonly byte: Handle;
  readonly sum: Handle;
  readonly errorsReturn: Handle;
  /** The address that stands for "send what is in the place of the result". */
  readonly inPlace: number;
}

type Handle = number | bigint;

/** Open MPI's handles are addresses of objects in the library. */
function ofOpenMpi(library: NativeLibrary, { address }: Koffi): Handles {
  const at = (name: string): bigint => address(library.symbol(`ompi_mpi_${name}`));
  return {
    type: "intptr_t",
    world: at("comm_world"),
    float: at("float"),
    double: at("double"),
    byte: at("byte"),
    sum: at("op_sum"),
    errorsReturn: at("errors_return"),
    inPlace: 1,
  };
}

/** MPICH's are numbers, the same in all libraries that share its binary interface. */
const ofMpich: Handles = {
  type: "int",
  world: 0x44000000,
  float: 0x4c00040a,
  double: 0x4c00080b,
  byte: 0x4c00010d,
  sum: 0x58000003,
  errorsReturn: 0x54000001,
  inPlace: -1,
};

export function handlesOf(family: Family, library: NativeLibrary, koffi: Koffi): Handles {
  return family === "Open MPI" ? ofOpenMpi(library, koffi) : ofMpich;
}

/**
 * A library's family: Open MPI exports its communicator as a symbol, and the libraries of MPICH's
 * family tell their names. Null for any other.
 */
export function familyOf(library: NativeLibrary, versionText: string): Family | null {
  if (hasSymbol(library, "ompi_mpi_comm_world")) return "Open MPI";
  return /MPICH|MVAPICH|Intel\(R\) MPI|Microsoft MPI/i.test(versionText) ? "MPICH" : null;
}

function hasSymbol(library: NativeLibrary, name: string): boolean {
  try {
    library.symbol(name);
    return true;
  } catch {
    return false;
  }
}
