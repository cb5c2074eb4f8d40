import { type ElementType, elementType } from "./element-types.ts";

/** An element type in a certain order of bytes. */
export interface NumpyType {
  readonly type: ElementType;
  readonly littleEndian: boolean;
}

/** NumPy's letters, by kind and size. */
// biome-ignore format: a table
const letters: Readonly<Record<string, string>> = {
  d: "f8", f: "f4", e: "f2", "?": "b1",
  b: "i1", h: "i2", i: "i4", l: "i8", q: "i8", p: "i8", n: "i8",
  B: "u1", H: "u2", I: "u4", L: "u8", Q: "u8", P: "u8", N: "u8",
};

/** NumPy's names, by kind and size, on a machine of 64 bits. */
// biome-ignore format: a table
const names: Readonly<Record<string, string>> = {
  float64: "f8", double: "f8", float: "f8", float32: "f4", single: "f4", float16: "f2", half: "f2",
  bool: "b1", bool_: "b1",
  int8: "i1", int16: "i2", int32: "i4", int64: "i8", byte: "i1", short: "i2", intc: "i4", int: "i8", int_: "i8", long: "i8", longlong: "i8", intp: "i8",
  uint8: "u1", uint16: "u2", uint32: "u4", uint64: "u8", ubyte: "u1", ushort: "u2", uintc: "u4", uint: "u8", ulong: "u8", ulonglong: "u8", uintp: "u8",
};

/**
 * The element type that `numpy.dtype(text)` gives: `<f8`, `>i4`, `|u1`, `f4`, `float64`, `d`.
 * @returns undefined for a type that this package has no array for
 */
export function numpyType(text: string): NumpyType | undefined {
  const [, order = "", rest = ""] = /^([<>|=]?)(.*)$/s.exec(text) ?? [];
  const own = (table: Readonly<Record<string, string>>): string | undefined =>
    Object.hasOwn(table, rest) ? table[rest] : undefined;
  const name = own(letters) ?? (order === "" ? own(names) : undefined) ?? rest;
  const type = elementType("numpy", name);
  return type && { type, littleEndian: order !== ">" };
}
