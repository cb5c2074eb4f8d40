import type { StateDict } from "../../contracts/index.ts";
import { DataError, NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";

/** Numbers that JSON cannot represent, −0 included. */
const unspoken: readonly number[] = [Number.NaN, Infinity, -Infinity, -0];

/** The metadata key of the plain data. */
const metadataKey = "snapshot";

/**
 * Encodes nested data as one .safetensors file: arrays under their dotted paths,
 * `model.layer1.weight`, and everything else exactly, as JSON in the metadata.
 * @throws TypeError with the path of a value that is neither an array nor plain data
 */
export function encodeSnapshot(saved: object): Uint8Array {
  const arrays: StateDict = {};
  const plain = (value: unknown, path: string): unknown => {
    if (value instanceof NDArray) {
      let name = path;
      while (Object.hasOwn(arrays, name)) name += "'"; // { "a.b": … } beside { a: { b: … } }
      arrays[name] = value;
      return { $array: name };
    }
    if (typeof value === "number" && unspoken.some((x) => Object.is(x, value)))
      return { $number: Object.is(value, -0) ? "-0" : `${value}` };
    if (value === null || ["number", "string", "boolean"].includes(typeof value)) return value;
    if (Array.isArray(value)) return value.map((one, i) => plain(one, `${path}.${i}`));
    const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
    if (prototype !== Object.prototype && prototype !== null)
      throw new TypeError(
        `checkpoint: ${path} is ${describe(value)}; expected arrays, numbers, strings, lists, objects`,
      );
    const entries = Object.entries(value as object).filter(([, one]) => one !== undefined);
    const reserved = entries.find(([key]) => key.startsWith("$"));
    if (reserved)
      throw new TypeError(`checkpoint: ${path} has the key "${reserved[0]}"; a key may not begin with $`);
    return Object.fromEntries(entries.map(([key, one]) => [key, plain(one, path ? `${path}.${key}` : key)]));
  };
  const json = JSON.stringify(plain(saved, ""));
  return encodeSafetensors(arrays, { format: "pt", [metadataKey]: json });
}

/**
 * Decodes what `encodeSnapshot` wrote; the caller knows its type.
 * @throws DataError for a file that is damaged or is not a snapshot
 */
export function decodeSnapshot<Saved extends object>(bytes: Uint8Array): Saved {
  const { state, metadata } = decodeSafetensors(bytes);
  const json = metadata[metadataKey];
  if (json === undefined)
    throw new DataError("checkpoint: this .safetensors file holds a state dict, not a checkpoint");
  return JSON.parse(json, (_, value: unknown) => {
    const marked = (value ?? {}) as { readonly $array?: string; readonly $number?: string };
    if (marked.$number !== undefined) return Number(marked.$number);
    if (marked.$array === undefined) return value;
    const array = Object.hasOwn(state, marked.$array) ? state[marked.$array] : undefined;
    if (!array) throw new DataError(`checkpoint: the array "${marked.$array}" is missing`);
    return array;
  }) as Saved;
}
