import type { StateDict } from "../../contracts/index.ts";
import { DataError } from "../../np/index.ts";
import { nodeFiles } from "./node-files.ts";
import { decodeNpz, encodeNpz } from "./npz.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { writeAtomically } from "./write-atomically.ts";

interface Format {
  readonly encode: (state: StateDict) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => StateDict;
}

const formats: Readonly<Record<string, Format>> = {
  ".npz": { encode: (state) => encodeNpz(state), decode: decodeNpz },
  ".safetensors": {
    encode: (state) => encodeSafetensors(state, { format: "pt" }),
    decode: (bytes) => decodeSafetensors(bytes).state,
  },
};

/**
 * Writes a state dict to a file that NumPy (.npz) or PyTorch (.safetensors) reads: `await
 * saveState("mlp.safetensors", model.stateDict())`. An existing file is replaced only once the new
 * one is complete.
 * @throws RangeError for any other extension
 */
export async function saveState(path: string, state: StateDict): Promise<void> {
  const { encode } = formatOf("saveState", path);
  await writeAtomically(path, encode(state));
}

/**
 * Reads a file that `saveState`, NumPy or PyTorch wrote: `model.loadStateDict(await
 * loadState("mlp.safetensors"))`.
 * @throws DataError for a damaged file, RangeError for an unknown extension
 */
export async function loadState(path: string): Promise<StateDict> {
  const { decode } = formatOf("loadState", path);
  const files = nodeFiles("loadState", "fetch the bytes and call decodeNpz or decodeSafetensors");
  const bytes = await files.readFile(path);
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(`loadState: ${path}: ${error.message}`, { cause: error });
  }
}

function formatOf(where: string, path: string): Format {
  const ending = /\.[^./\\]*$/.exec(path)?.[0] ?? "";
  const format = formats[ending.toLowerCase()];
  if (format) return format;
  throw new RangeError(
    `${where}: "${path}" ends in neither ${Object.keys(formats).join(" nor ")}; give the file one of these extensions`,
  );
}
