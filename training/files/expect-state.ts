import { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";

/**
 * Checks that a value is a state dict: an object of NDArrays.
 * @throws TypeError that names the entry, and says how to make an array of it
 */
export function expectState(where: string, state: unknown): void {
  const isObject = typeof state === "object" && state !== null && !(state instanceof NDArray);
  const prototype: unknown = isObject ? Object.getPrototypeOf(state) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    const remedy =
      isObject && "stateDict" in state
        ? "pass its stateDict()"
        : "for example model.stateDict(), or { weight: array }";
    throw new TypeError(`${where}: state is ${describe(state)}, expected an object of NDArrays; ${remedy}`);
  }
  for (const [key, x] of Object.entries(state as object)) {
    if (/\p{Surrogate}/u.test(key))
      throw new TypeError(
        `${where}: the name ${JSON.stringify(key)} is not well-formed Unicode; rename that array`,
      );
    if (x instanceof NDArray) continue;
    const remedy =
      Array.isArray(x) || typeof x === "number"
        ? "make an array of it with np.array(…)"
        : "flatten nested objects and leave out what is not an array";
    throw new TypeError(`${where}: "${key}" is ${describe(x)}, expected an NDArray; ${remedy}`);
  }
}
