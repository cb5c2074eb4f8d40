import type { DType } from "../dtype.ts";
import type { Option } from "./argument.ts";
import { settleOptions } from "./contract.ts";
import { oneOf } from "./kinds.ts";

const dtypes: readonly DType[] = ["float64", "float32", "int32", "uint8"];

/** The only option of functions that make an array. */
const creation: { readonly dtype: Option<DType> } = {
  dtype: { ...oneOf(...dtypes), required: false, default: undefined, defaultInWords: "float64" },
};

/** The dtype among the options of a function that makes an array, else `initial`. */
export function dtypeOption(where: string, options: unknown, initial: DType = "float64"): DType {
  if (options === undefined) return initial;
  return settleOptions(where, { name: where, positional: {}, options: creation }, options).dtype ?? initial;
}
