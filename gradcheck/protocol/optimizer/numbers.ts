import type { Stepper } from "./stepper.ts";

/** What else a field may be called. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  lr: ["lr", "learningRate", "learning_rate", "eta"],
  momentum: ["momentum", "mu"],
};

/** The groups of an optimizer that have this number. */
function groupsWith(stepper: object, name: string): readonly object[] {
  const groups: unknown = Reflect.get(stepper, "groups");
  if (!Array.isArray(groups)) return [];
  return groups.filter((group) => typeof group === "object" && group && typeof group[name] === "number");
}

/** The objects that may hold a number of an optimizer without groups: itself, and `options` or so in a field. */
function holders(stepper: object): readonly object[] {
  const fields: readonly unknown[] = Object.values(stepper);
  const plain = fields.filter(
    (field): field is object =>
      typeof field === "object" && field !== null && Object.getPrototypeOf(field) === Object.prototype,
  );
  return [stepper, ...plain];
}

/**
 * Changes a number, `lr` or `momentum`, as a schedule does: in every group, or in an optimizer without
 * groups in every field of that name. Returns false if there is none.
 */
export function setNumber(stepper: Stepper, name: string, value: number): boolean {
  const groups = groupsWith(stepper, name);
  if (groups.length > 0) return groups.map((group) => Reflect.set(group, name, value)).every(Boolean);
  const names = spellings[name] ?? [name];
  let found = false;
  for (const holder of holders(stepper))
    for (const key of names)
      if (typeof Reflect.get(holder, key) === "number") found = Reflect.set(holder, key, value) || found;
  return found;
}
