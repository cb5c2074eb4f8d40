import type { StateDict } from "../../contracts/index.ts";
import { DataError } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { otherContent, type StateFormat, stateFormat } from "./content.ts";
import { conversionOf, conversionOfContent } from "./conversions.ts";
import { typeFor } from "./element-types.ts";
import { expectState } from "./expect-state.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { decodeNpz, encodeNpz, expectReadOptions, type NpzReadOptions } from "./npz.ts";
import { readWhole } from "./read-whole.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { writeAtomically } from "./write-atomically.ts";

interface Format {
  readonly encode: (state: StateDict) => Uint8Array;
  /** `name` is what a single array is called. */
  readonly decode: (bytes: Uint8Array, name: string, options: NpzReadOptions) => StateDict;
}

const formats: Readonly<Record<StateFormat, Format>> = {
  ".npz": {
    encode: (state) => encodeNpz(state),
    decode: (bytes, _, options) => decodeNpz(bytes, options),
  },
  ".safetensors": {
    encode: (state) => encodeSafetensors(state, { format: "pt" }),
    decode: (bytes) => decodeSafetensors(bytes).state,
  },
  ".npy": {
    encode: encodeOne,
    decode: (bytes, name) => ({ [name]: decodeNpy("decodeNpy", bytes) }),
  },
};

/**
 * Writes a state dict to a file that NumPy (.npz; .npy for one array) or PyTorch (.safetensors)
 * reads: `await saveState("mlp.safetensors", model.stateDict())`. An existing file is replaced only
 * once the new one is complete.
 * @throws RangeError for any other extension, TypeError for anything but NDArrays by name
 */
export async function saveState(path: string, state: StateDict): Promise<void> {
  const { ending } = partsOf("saveState", path);
  const format = formatOf("saveState", path, ending);
  expectState("saveState", state);
  await writeAtomically(path, formats[format].encode(state));
}

/**
 * Reads a file that `saveState`, NumPy or PyTorch wrote: `model.loadStateDict(await
 * loadState("mlp.safetensors"))`. The array of `weight.npy` is called `weight`. The content decides
 * how it is read, even if the extension is that of another format.
 * @throws DataError for a damaged file, or one of something else, RangeError for an unknown
 * extension; the message says how to convert PyTorch's .pt and the like
 */
export async function loadState(path: string, options: NpzReadOptions = {}): Promise<StateDict> {
  expectReadOptions("loadState", options);
  const { name, ending } = partsOf("loadState", path);
  const conversion = conversionOf(ending, path);
  if (conversion) throw new RangeError(`loadState: "${path}" is ${conversion}`);
  const named = formatOf("loadState", path, ending);
  const bytes = await readWhole("loadState", path, "fetch the bytes and call decodeNpz or decodeSafetensors");
  if (!bytes) throw new DataError(`loadState: there is no file ${path}; look for another name or folder`);
  const format = stateFormat(bytes);
  // The length of a .safetensors header may look like the beginning of anything.
  const isOurs = format === ".safetensors" || format === ".npy";
  const other = isOurs ? null : (conversionOfContent(bytes, path) ?? (format ? null : otherContent(bytes)));
  if (other) throw new DataError(`loadState: ${path} is ${other}`);
  try {
    return formats[format ?? named].decode(bytes, name, options);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(`loadState: ${path}: ${error.message}`, { cause: error });
  }
}

function encodeOne(state: StateDict): Uint8Array {
  const [entry, ...others] = Object.entries(state);
  if (entry && others.length === 0) return encodeNpy("saveState", entry[1], typeFor(...entry));
  throw new RangeError(
    `saveState: an .npy file holds one array, got ${Object.keys(state).length}; give the file the extension .npz`,
  );
}

/** A path's file name without its extension, and the extension in lower case. */
function partsOf(where: string, path: unknown): { readonly name: string; readonly ending: string } {
  if (typeof path !== "string") {
    const remedy = path instanceof URL ? "pass fileURLToPath(url)" : 'for example "mlp.safetensors"';
    throw new TypeError(`${where}: path is ${describe(path)}, expected text; ${remedy}`);
  }
  const [, name = "", ending = ""] = /([^/\\]*?)(\.[^./\\]*)?$/.exec(path) ?? [];
  return { name, ending: ending.toLowerCase() };
}

function formatOf(where: string, path: string, ending: string): StateFormat {
  const known = Object.keys(formats) as StateFormat[];
  const format = known.find((one) => one === ending);
  if (format) return format;
  throw new RangeError(
    `${where}: "${path}" ends in neither ${known.join(" nor ")}; give the file one of these extensions`,
  );
}
