import { array, NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";

/** An array, what holds one (a tensor, `.grad`), or a single number. */
export type Comparable = NDArray | { readonly data: NDArray } | number;

/** @throws TypeError for anything else, such as the null of a gradient that no backward has set */
export function arrayIn(where: string, name: string, value: unknown): NDArray {
  if (value instanceof NDArray) return value;
  if (typeof value === "number") return array(value);
  if (typeof value === "object" && value !== null && "data" in value && value.data instanceof NDArray)
    return value.data;
  const cure = value === null || value === undefined ? "; is it a gradient before its backward?" : "";
  throw new TypeError(
    `${where}: ${name} is ${describe(value)}, expected an array, a tensor or a number${cure}`,
  );
}
