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
      return { $number: nameOf(value) };
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

/** Whether a .safetensors file with this metadata holds a snapshot, and not only a state dict. */
export function isSnapshot(metadata: Readonly<Record<string, string>>): boolean {
  return metadata[metadataKey] !== undefined;
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
  const unused = new Set(Object.keys(state));
  const saved = revived(parsed(json), "", (name) => {
    const array = unused.delete(name) ? state[name] : undefined;
    return array ?? fail(`the array ${JSON.stringify(name)} is missing, or is there twice`);
  });
  if (typeof saved !== "object" || saved === null || Array.isArray(saved)) fail("its data is not an object");
  for (const name of unused) fail(`nothing refers to the array ${JSON.stringify(name)}`);
  return saved as Saved;
}

function fail(what: string): never {
  throw new DataError(`checkpoint: ${what}; the file is damaged: copy it again`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    return fail(`its data is not JSON (${(error as Error).message})`);
  }
}

const deepest = 100;

/** The data with its arrays and unspoken numbers; a key with $ stands for one of these, alone. */
function revived(
  value: unknown,
  path: string,
  arrayOf: (name: string) => NDArray,
  depth: number = 0,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) fail(`its data is nested more than ${deepest} deep`);
  if (Array.isArray(value)) return value.map((one, i) => revived(one, `${path}.${i}`, arrayOf, depth + 1));
  const entries = Object.entries(value);
  const mark = entries.find(([key]) => key.startsWith("$"));
  if (!mark) {
    return Object.fromEntries(
      entries.map(([key, one]) => [key, revived(one, `${path}.${key}`, arrayOf, depth + 1)]),
    );
  }
  const [key, name] = mark;
  if (entries.length === 1 && typeof name === "string") {
    if (key === "$array") return arrayOf(name);
    const number = unspoken.find((x) => nameOf(x) === name);
    if (key === "$number" && number !== undefined) return number;
  }
  return fail(
    `${path.slice(1)} has the unknown mark ${JSON.stringify(Object.fromEntries(entries)).slice(0, 60)}`,
  );
}

/** A number that JSON cannot represent, as text. */
function nameOf(x: number): string {
  return Object.is(x, -0) ? "-0" : `${x}`;
}
