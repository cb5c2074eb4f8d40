import type { Channel } from "./channel.ts";
import type { MpiLibrary } from "./library.ts";

/** MPI_THREAD_FUNNELED: only the main thread calls MPI. */
const funneled = 1;

/** MPI counts elements in 32-bit integers. */
const mostElements = 2 ** 31 - 1;

/**
 * Starts MPI in this process (MPI_Init_thread).
 * @throws RangeError with MPI's own text if it cannot
 */
export function openChannel({ name, native, handles }: MpiLibrary): Channel {
  const { type, world, inPlace } = handles;
  const errorText = native.func("MPI_Error_string", "int", ["int", "void *", "void *"]);
  const mpi = (called: string, ...types: readonly string[]) => {
    const call = native.func(called, "int", types);
    return (...values: readonly unknown[]): void => {
      const code = call(...values) as number;
      if (code !== 0) throw new RangeError(`${called} of ${name}: ${textOf(code, errorText)}`);
    };
  };
  const number = (called: string): number => {
    const place = new Int32Array(1);
    mpi(called, type, "void *")(world, place);
    return place[0] as number;
  };
  mpi("MPI_Init_thread", "void *", "void *", "int", "void *")(null, null, funneled, new Int32Array(1));
  mpi("MPI_Comm_set_errhandler", type, type)(world, handles.errorsReturn);
  const allreduce = mpi("MPI_Allreduce", "intptr_t", "void *", "int", type, type, type);
  const bcast = mpi("MPI_Bcast", "void *", "int", type, "int", type);
  return {
    rank: number("MPI_Comm_rank"),
    size: number("MPI_Comm_size"),
    name,
    sum: (numbers) => {
      const element = numbers instanceof Float32Array ? handles.float : handles.double;
      for (const piece of pieces(numbers, mostElements))
        allreduce(inPlace, piece, piece.length, element, handles.sum, world);
    },
    broadcast: (bytes) => {
      for (const piece of pieces(bytes, mostElements)) bcast(piece, piece.length, handles.byte, 0, world);
    },
    finalize: mpi("MPI_Finalize"),
    abort: (code) => mpi("MPI_Abort", type, "int")(world, code),
  };
}

/** The parts of an array with at most `most` elements each, in order; none of an empty one. */
export function* pieces<T extends Float64Array | Float32Array | Uint8Array>(
  array: T,
  most: number,
): Generator<T> {
  for (let at = 0; at < array.length; at += most) yield array.subarray(at, at + most) as T;
}

function textOf(code: number, errorText: (...args: readonly unknown[]) => unknown): string {
  const [text, length] = [new Uint8Array(2 ** 12), new Int32Array(1)];
  errorText(code, text, length);
  return new TextDecoder().decode(text.subarray(0, length[0])) || `error ${code}`;
}
