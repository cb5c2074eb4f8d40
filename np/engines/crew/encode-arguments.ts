import { type DType, dtypeOf, type TypedArray } from "../../dtype.ts";
import type { View } from "../../engine.ts";
import { isView } from "./partition.ts";

// Encodes an engine method's arguments as numbers in memory that threads share. A message, which
// Node copies and queues, takes five times as long.

/** The type of the value that comes next. */
const tag = {
  nothing: 0,
  null: 1,
  number: 2,
  boolean: 3,
  text: 4,
  memory: 5,
  view: 6,
  list: 7,
  record: 8,
} as const;
const dtypes: readonly DType[] = ["float64", "float32", "int32", "uint8"];
const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

/**
 * Memory is accessed through buffers of 4 GiB that start 2 GiB apart, so an array of up to 2 GiB
 * lies inside one of them, wherever it starts.
 */
export const regionBytes: number = 2 ** 32;
/** No memory starts below this address; address 0 is invalid. */
const firstPage = 4096;

/**
 * Writes arguments from `at` on, memory by its address; false if they do not fit. The arrays must
 * stay alive in this thread for as long as other threads read or write them.
 */
export function encodeArguments(
  numbers: Float64Array,
  at: number,
  args: readonly unknown[],
  addressOf: (memory: TypedArray) => bigint,
): boolean {
  let next = at;
  const put = (x: number): void => {
    numbers[next++] = x; // past the end this writes nothing, and `next` shows it
  };
  const each = (x: readonly number[]): void => {
    for (const n of x) put(n);
  };
  const memory = (x: TypedArray): void => {
    put(dtypes.indexOf(dtypeOf(x)));
    put(Number(addressOf(x)));
    put(x.length);
  };
  const list = (x: readonly unknown[]): void => {
    put(x.length);
    for (const item of x) value(item);
  };
  const text = (x: string): void => {
    put(x.length);
    for (let i = 0; i < x.length; i++) put(x.charCodeAt(i));
  };
  const value = (x: unknown): void => {
    if (typeof x === "number") {
      put(tag.number);
      put(x);
    } else if (typeof x === "string") {
      put(tag.text);
      text(x);
    } else if (typeof x === "boolean") {
      put(tag.boolean);
      put(Number(x));
    } else if (x === undefined || x === null) {
      put(x === null ? tag.null : tag.nothing);
    } else if (ArrayBuffer.isView(x)) {
      put(tag.memory);
      memory(x as TypedArray);
    } else if (isView(x)) {
      put(tag.view);
      memory(x.data);
      put(x.offset);
      put(x.size);
      put(x.shape.length);
      each(x.shape);
      each(x.strides);
    } else if (Array.isArray(x)) {
      put(tag.list);
      list(x);
    } else {
      const entries = Object.entries(x);
      put(tag.record);
      put(entries.length);
      for (const [key, item] of entries) {
        text(key);
        value(item);
      }
    }
  };
  list(args);
  return next <= numbers.length;
}

/** Decodes what `encodeArguments` wrote. */
export function decodeArguments(
  numbers: Float64Array,
  at: number,
  regionOf: (start: number) => ArrayBuffer,
): unknown[] {
  let next = at;
  const take = (): number => numbers[next++] as number;
  const each = (count: number): number[] => {
    const all: number[] = [];
    for (let i = 0; i < count; i++) all.push(take());
    return all;
  };
  const memory = (): readonly [DType, TypedArray] => {
    const [dtype, address, length] = [dtypes[take()] as DType, take(), take()];
    const half = regionBytes / 2;
    const start = Math.floor((address - firstPage) / half) * half + firstPage;
    return [dtype, new kinds[dtype](regionOf(start), address - start, length)];
  };
  const list = (): unknown[] => {
    const all: unknown[] = [];
    for (let count = take(); count > 0; count--) all.push(value());
    return all;
  };
  const text = (): string => String.fromCharCode(...each(take()));
  const view = (): View => {
    const [dtype, data] = memory();
    const [offset, size, rank] = [take(), take(), take()];
    return { data, dtype, shape: each(rank), strides: each(rank), offset, size };
  };
  const value = (): unknown => {
    const what = take();
    if (what === tag.number) return take();
    if (what === tag.text) return text();
    if (what === tag.boolean) return take() === 1;
    if (what === tag.memory) return memory()[1];
    if (what === tag.view) return view();
    if (what === tag.list) return list();
    if (what === tag.record)
      return Object.fromEntries(Array.from({ length: take() }, () => [text(), value()]));
    return what === tag.null ? null : undefined;
  };
  return list();
}
