import { unzipSync, type Zippable, zipSync } from "fflate";
import type { StateDict } from "../../contracts/index.ts";
import { DataError, type NDArray } from "../../np/index.ts";
import { typeFor } from "./element-types.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { crc32, zipDirectory } from "./zip-directory.ts";

export interface NpzOptions {
  /** Whether to compress the arrays, as `np.savez_compressed` does; default false. */
  readonly compress?: boolean;
}

/** The highest ratio of unpacked to packed size that deflate can reach. */
const mostExpansion = 1032;

/**
 * Encodes a state dict as an .npz file: a zip with one .npy per key, which `np.load` reads. Equal
 * states give equal bytes.
 * @see NumPy reference, `numpy.savez`
 */
export function encodeNpz(state: StateDict, { compress = false }: NpzOptions = {}): Uint8Array {
  const files: [string, Uint8Array][] = Object.entries(state).map(([key, x]) => [
    `${key}.npy`,
    encodeNpy(x, typeFor(key, x)),
  ]);
  // The earliest date that a zip can store.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(files) as Zippable, { level: compress ? 6 : 0, mtime });
}

/**
 * Reads an .npz file, compressed or not.
 * @throws DataError for a damaged file (checksums are compared), for two arrays with the same name,
 * and for entries that are not plain arrays
 */
export function decodeNpz(bytes: Uint8Array): StateDict {
  const directory = zipDirectory("decodeNpz", bytes);
  const files = unzipped(bytes);
  const state = directory.map(({ name, checksum }): [string, NDArray] => {
    const data = files[name] ?? new Uint8Array(0);
    if (crc32(data) !== checksum)
      throw new DataError(`decodeNpz: the checksum of ${name} is wrong: the file is damaged; copy it again`);
    return [name.replace(/\.npy$/, ""), decodeNpy(`decodeNpz: ${name}`, data)];
  });
  return Object.fromEntries(state);
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (originalSize <= mostExpansion * size + 64) return true;
        throw new RangeError(`${name} claims ${originalSize} bytes, packed into ${size}`);
      },
    });
  } catch (error) {
    throw new DataError(`decodeNpz: the zip cannot be read (${(error as Error).message}); copy it again`, {
      cause: error,
    });
  }
}
