import { formatShape, type NDArray, Operators, sameShape } from "../np/index.ts";
import { type Held, held } from "../np/internal.ts";
import { expectStateDict } from "./checks/given-state.ts";
import { expectKeys, expectNothingLost, placeName } from "./parts.ts";

/** Arrays by name, with PyTorch's keys: `layer1.weight`, `bn1.running_mean` … */
export type StateDict = Record<string, NDArray>;

/**
 * The key of a field as PyTorch writes it: `runningMean` → `running_mean`.
 * A capital stays if no lower-case letter or digit precedes it: `W1`.
 */
export function torchKey(field: string): string {
  return field.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** A field of a network, or what a list, object, Map or Set in it holds. */
export interface Field<Part> extends Held {
  /** PyTorch's key, `layer1.weight`. */
  readonly name: string;
  /** The part of the network that has the field, and the field's name there. */
  readonly owner: Part;
  readonly key: string;
}

/**
 * Yields every field of a network, depth first: its own, and those of its parts under `name.`.
 * Lists, plain objects, Maps and Sets are opened, and their contents named by index or key.
 * `isPart` tells parts from values. Names are PyTorch's keys: `layers.0.weight`, `heads.left.bias`.
 * A network whose `unnamedList` names a list or Map leaves that name out, as `Sequential` does: `0.weight`.
 * A part that holds a network around it, such as its parent, does not open it again.
 * @throws TypeError for something that holds parameters but cannot be a part
 */
export function* fields<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
  prefix: string = "",
  around: readonly unknown[] = [],
): Generator<Field<Part>> {
  const unnamed = "unnamedList" in network ? network.unnamedList : null;
  const inside = [...around, network];
  for (const [key, content] of Object.entries(network)) {
    const isOpened = typeof content === "object" && content !== null;
    const list = key === unnamed && isOpened ? "" : torchKey(key);
    if (typeof content !== "object" || content === null || content instanceof Operators) {
      yield { name: prefix + list, key, path: [], keys: [], owner: network, value: content };
      continue; // most fields
    }
    for (const { path, keys, value } of held(content)) {
      const name = prefix + [list, ...path].filter((part) => part !== "").join(".");
      if (!isPart(value)) {
        expectNothingLost(network, placeName(key, path), value, (x) => isPart(x) && !inside.includes(x));
        yield { name, key, path, keys, owner: network, value };
      } else if (!inside.includes(value)) {
        expectKeys(network, placeName(key, path), path);
        yield* fields(value, isPart, `${name}.`, inside);
      }
    }
  }
}

/**
 * Named arrays as a state dict.
 * @throws TypeError for a name that two arrays have, since one of them would be lost
 */
export function stateDictOf(where: string, entries: readonly (readonly [string, NDArray])[]): StateDict {
  const state: StateDict = {};
  for (const [name, array] of entries) {
    if (Object.hasOwn(state, name) && state[name] !== array)
      throw new TypeError(`${where}: two arrays have the name ${name}; rename a field or key`);
    state[name] = array;
  }
  return state;
}

/**
 * Copies a state dict into the arrays of a network, in place, so that optimizers keep hold of them.
 * @throws RangeError that lists every key that is missing, unknown or of the wrong shape;
 * then nothing has been copied
 */
export function copyState<X = NDArray>(
  where: string,
  own: StateDict,
  state: Readonly<Record<string, X | NDArray>>,
  arrayOf: (x: X | NDArray) => unknown = (x) => x,
): void {
  const given = expectStateDict(where, state, arrayOf);
  const wrong = [
    ...Object.keys(own)
      .filter((key) => !Object.hasOwn(given, key))
      .map((key) => `${key} is missing`),
    ...Object.keys(given)
      .filter((key) => !Object.hasOwn(own, key))
      .map((key) => `${key} is unknown here`),
    ...Object.entries(own)
      .filter(([key, value]) => given[key] && !sameShape(value.shape, given[key].shape))
      .map(
        ([key, value]) =>
          `${key} has shape ${formatShape(given[key]?.shape ?? [])}, expected ${formatShape(value.shape)}`,
      ),
  ];
  if (wrong.length > 0) throw new RangeError(`${where}: the state dict does not fit: ${wrong.join("; ")}`);
  for (const [key, value] of Object.entries(own)) value.copyFrom(given[key] as NDArray);
}
