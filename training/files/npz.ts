import type { StateDict } from "../../contracts/index.ts";
import { DataError, type NDArray } from "../../np/index.ts";
import { type Contract, flag, integer, type None, settle } from "../../np/internal.ts";
import { typeFor } from "./element-types.ts";
import { expectBytes } from "./expect-bytes.ts";
import { expectState } from "./expect-state.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { npyBytes } from "./npz-entry.ts";
import { expectUnchanged, zipEntries } from "./zip-reader.ts";
import { zip } from "./zip-writer.ts";

export interface NpzOptions {
  /** Whether to compress the arrays, as `np.savez_compressed` does; default false. */
  readonly compress?: boolean;
}

export interface NpzReadOptions {
  /**
   * The most bytes that the arrays may have unpacked; default 100 times the file, at least 64 MiB.
   * A compressed file of zeros needs more.
   */
  readonly maxBytes?: number;
}

const writing: Contract<None, NpzOptions> = {
  name: "encodeNpz",
  positional: {},
  options: { compress: flag(false) },
};

const reading: Contract<None, NpzReadOptions> = {
  name: "decodeNpz",
  positional: {},
  options: {
    maxBytes: {
      ...integer({ least: 0 }),
      required: false,
      default: undefined,
      defaultInWords: "100 times the file, at least 64 MiB",
    },
  },
};

/** @throws TypeError for an unknown option or a wrong value */
export function expectReadOptions(where: string, options: NpzReadOptions): void {
  settle({ ...reading, name: where }, {}, options);
}

/** Trained weights shrink by a tenth, one-hot rows a hundredfold, a zip bomb a thousandfold. */
const [usualExpansion, alwaysAllowed] = [100, 2 ** 26];

/**
 * Encodes a state dict as an .npz file: a zip with one .npy per key, which `np.load` reads. Equal
 * states give equal bytes.
 * @throws TypeError for anything but NDArrays by name
 * @see NumPy reference, `numpy.savez`
 */
export function encodeNpz(state: StateDict, options: NpzOptions = {}): Uint8Array {
  expectState("encodeNpz", state);
  return zip("encodeNpz", npyFiles(state), settle(writing, {}, options));
}

function* npyFiles(state: StateDict): Generator<[string, Uint8Array]> {
  for (const [key, x] of Object.entries(state))
    yield [`${key}.npy`, encodeNpy("encodeNpz", x, typeFor(key, x))];
}

/**
 * Reads an .npz file, compressed or not. The sizes of all arrays are known before one is unpacked.
 * @throws DataError for a damaged file (checksums are compared), for two arrays with the same name,
 * for entries that are not plain arrays, and for arrays larger than `maxBytes`
 */
export function decodeNpz(bytes: Uint8Array, options: NpzReadOptions = {}): StateDict {
  expectBytes("decodeNpz", bytes);
  const { maxBytes } = settle(reading, {}, options);
  const files = zipEntries("decodeNpz", bytes).filter(({ name }) => !name.endsWith("/")); // folders
  const most = maxBytes ?? Math.max(alwaysAllowed, usualExpansion * bytes.length);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > most) {
    throw new DataError(
      `decodeNpz: ${bytes.length} bytes unpack to ${total}, more than the ${most} allowed; if you trust the file, pass { maxBytes: ${total} }`,
    );
  }
  const state = new Map<string, NDArray>();
  for (const file of files) {
    const key = file.name.replace(/\.npy$/, "");
    if (state.has(key)) throw new DataError(`decodeNpz: ${key} is there with and without .npy; rename one`);
    state.set(key, decodeNpy(`decodeNpz: ${file.name}`, npyBytes("decodeNpz", file)));
  }
  expectUnchanged("decodeNpz", bytes);
  return Object.fromEntries(state);
}
