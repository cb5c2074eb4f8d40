import { Operators, Random } from "../np/index.ts";
import { describe, type Held, held, twoCopies } from "../np/internal.ts";

/** A part that a network holds in a field, directly or inside lists, objects, Maps and Sets. */
export interface FoundPart<Part> extends Pick<Held, "path"> {
  readonly key: string;
  readonly part: Part;
}

/** The parts in a network's own fields, in their order; parts of parts are not opened. */
export function partsIn<Part>(network: object, isPart: (value: unknown) => value is Part): FoundPart<Part>[] {
  return Object.entries(network).flatMap(([key, value]) =>
    [...held(value)].flatMap((one) => (isPart(one.value) ? [{ key, path: one.path, part: one.value }] : [])),
  );
}

/** `layers[0]`, `heads.left`: a place in a network as its code says it. */
export function placeName(key: string, path: Held["path"]): string {
  return key + path.map((inner) => (typeof inner === "number" ? `[${inner}]` : `.${inner}`)).join("");
}

/**
 * @throws TypeError for a key that would make a name ambiguous, as in PyTorch's ModuleDict
 */
export function expectKeys(network: object, name: string, path: Held["path"]): void {
  const wrong = path.find((key) => key === "" || `${key}`.includes("."));
  if (wrong === undefined) return;
  throw new TypeError(
    `${network.constructor.name}: ${name} has the key "${wrong}"; names of parameters are made of keys and dots, so a key must not be empty or contain a dot`,
  );
}

/**
 * Checks a value in a network that is not one of its parts.
 * @throws TypeError for one whose parameters would be lost: a layer of the other side or of a second
 * copy of the package, an object that only looks like a layer, and an object that holds layers but
 * is not one
 */
export function expectNothingLost(
  network: object,
  name: string,
  value: unknown,
  isPart: (value: unknown) => boolean,
): void {
  if (typeof value !== "object" || value === null || isPart(value)) return;
  if (value instanceof Operators || value instanceof Random || ArrayBuffer.isView(value)) return;
  const where = network.constructor.name;
  if (looksLikePart(value)) throw new TypeError(`${where}: ${name} ${notAPart(value, baseOf(network))}`);
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    [...held(inner)].map((one) => ({ name: placeName(key, one.path), value: one.value })),
  );
  const lost = inside.find((one) => isPart(one.value) && one.value !== network);
  if (lost)
    throw new TypeError(
      `${where}: ${name} is ${describe(value)}, which holds a part in ${lost.name} but is not a ${baseOf(network)}, so its parameters would be lost; let its class extend ${baseOf(network)}, or keep the part in a field, a list, an object or a Map. To leave it out on purpose, use a #private field`,
    );
}

/**
 * Checks the parts that a container is given, by the names of its arguments.
 * @throws TypeError for anything that is not a part of this side and of this copy of the package
 */
export function expectParts(
  container: object,
  given: Readonly<Record<string, unknown>>,
  isPart: (value: unknown) => boolean,
): void {
  const named = Object.entries(given).flatMap(([key, argument]): [name: string, part: unknown][] =>
    Array.isArray(argument) ? argument.map((part, i) => [`${key}[${i}]`, part]) : [[key, argument]],
  );
  for (const [name, part] of named) {
    if (!isPart(part))
      throw new TypeError(`${container.constructor.name}: ${name} ${notAPart(part, baseOf(container))}`);
  }
}

/** Why a value cannot be a part of a network of this base class: the words after its name. */
export function notAPart(value: unknown, base: "Layer" | "Module"): string {
  if (twoCopies(value)) return `is ${describe(value)}`;
  if (typeof value !== "object" || value === null || !looksLikePart(value) || baseOf(value) === base)
    return `is ${describe(value)}, which is not a ${base}; let its class extend ${base}`;
  const { name } = value.constructor;
  const [side, room] = base === "Layer" ? ["the tape", "manual"] : ["chalk", "autograd"];
  return `is a ${name} of ${side}; import ${name} from chalk-and-tape/${room}`;
}

/** Whether it has a layer's methods. */
function looksLikePart(value: object): boolean {
  const { forward, parameters } = value as { readonly forward?: unknown; readonly parameters?: unknown };
  return typeof forward === "function" && typeof parameters === "function";
}

/** The base class of a side's parts: only the tape's have namedParameters. */
function baseOf(part: object): "Layer" | "Module" {
  return "namedParameters" in part ? "Module" : "Layer";
}
