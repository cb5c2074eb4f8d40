import { describe } from "../np/internal.ts";

export interface SplitOptions {
  /** The data root. Default: CHALK_DATA, else the user's cache directory. */
  readonly root?: string | undefined;
  readonly split: "train" | "test";
  /** The maximum number of items, from the start. Default: all. */
  readonly limit?: number | undefined;
}

const known = ["root", "split", "limit"];

/**
 * @throws TypeError for options that are not an object, an unknown one, or a root that is not a
 * path; RangeError for another split than "train" or "test", or a bad limit
 */
export function expectSplitOptions(where: string, options: unknown): asserts options is SplitOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${where}: the options are ${describe(options)}, expected an object: { split: "train" }`,
    );
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${where}: unknown option "${unknown}"; expected ${known.join(", ")}`);
  }
  const { root, split, limit } = options as Readonly<Record<string, unknown>>;
  if (split !== "train" && split !== "test") {
    throw new RangeError(`${where}: split is ${describe(split)}; expected "train" or "test"`);
  }
  if (root !== undefined && typeof root !== "string") {
    throw new TypeError(`${where}: root is ${describe(root)}; expected the path of the data folder`);
  }
  expectLimit(where, limit);
}

/** @throws RangeError unless the limit is undefined, or a whole number from 1 on */
export function expectLimit(where: string, limit: unknown): void {
  if (limit === undefined || (typeof limit === "number" && Number.isInteger(limit) && limit >= 1)) return;
  throw new RangeError(`${where}: limit is ${describe(limit)}; expected a whole number of items, 1 or more`);
}
