import { formatShape, type NDArray, sameShape } from "../np/index.ts";

/** Arrays by name, with PyTorch's keys: `layer1.weight`, `bn1.running_mean` … */
export type StateDict = Record<string, NDArray>;

/**
 * The key of a field as PyTorch writes it: `runningMean` → `running_mean`.
 * A capital stays if no lower-case letter or digit precedes it: `W1`.
 */
export function torchKey(field: string): string {
  return field.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/**
 * Yields every field of a network, depth first: its own, and those of its parts under `name.`;
 * parts in a list are numbered. `isPart` tells parts from values. Names are PyTorch's keys:
 * `layers.0.weight`. A network whose `unnamedList` names a list leaves that name out,
 * as `Sequential` does: `0.weight`.
 */
export function* fields<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
  prefix: string = "",
): Generator<{ name: string; key: string; owner: Part; value: unknown }> {
  const unnamed = "unnamedList" in network ? network.unnamedList : null;
  for (const [key, value] of Object.entries(network)) {
    const name = prefix + torchKey(key);
    if (isPart(value)) {
      yield* fields(value, isPart, `${name}.`);
    } else if (Array.isArray(value) && value.length > 0 && value.every(isPart)) {
      const list = key === unnamed ? prefix : `${name}.`;
      for (const [i, part] of value.entries()) yield* fields(part, isPart, `${list}${i}.`);
    } else {
      yield { name, key, owner: network, value };
    }
  }
}

/**
 * Copies a state dict into the arrays of a network, in place, so that optimizers keep hold of them.
 * @throws RangeError that lists every key that is missing, unknown or of the wrong shape;
 * then nothing has been copied
 */
export function copyState(where: string, own: StateDict, given: StateDict): void {
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
