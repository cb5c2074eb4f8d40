import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";

/**
 * Checks that a saved state is one of the same kind as `own`, the present state of the object that
 * will load it: it has the same fields, and what is a number, a text, an array, a list or an object
 * here is one there. null fits everywhere, and records such as an optimizer's averages may grow.
 * @throws TypeError that names the first field that does not fit
 */
export function expectSaved(where: string, own: object, given: unknown): void {
  expectAlike(where, "state", own, given);
  const missing = Object.keys(own).find((key) => !Object.hasOwn(given as object, key));
  if (missing !== undefined)
    throw new TypeError(`${where}: state has no ${missing}; pass what stateDict() returned`);
}

function expectAlike(where: string, path: string, own: unknown, given: unknown): void {
  if (path !== "state" && (own === null || own === undefined || given === null)) return;
  const [wanted, found] = [kindOf(own), kindOf(given)];
  if (wanted !== found) {
    throw new TypeError(
      `${where}: ${path} is ${describe(given)}, expected ${wanted}; pass what stateDict() returned`,
    );
  }
  if (wanted !== "an object" && wanted !== "a list") return;
  for (const [key, value] of Object.entries(own as object))
    if (Object.hasOwn(given as object, key))
      expectAlike(
        where,
        path === "state" ? key : `${path}.${key}`,
        value,
        (given as Record<string, unknown>)[key],
      );
}

function kindOf(value: unknown): string {
  if (value instanceof NDArray) return "an NDArray";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : `a ${typeof value}`;
}
