import { array, type DType, type NDArray, random, sizeOf } from "chalk-and-tape/np";
import { isFloat } from "#internal/np";
import { type Layout, layouts } from "./layouts.ts";

type Draw = (...shape: number[]) => NDArray;

/** The arrays that rows are made of: all of one dtype, and in one layout, where nothing else is said. */
export interface Draws {
  readonly dtype: DType;
  /** Of both signs; what the dtype cannot hold is rounded and cut. */
  readonly normal: Draw;
  /** The same, in order in memory. */
  readonly rows: Draw;
  /** At least 0.1. */
  readonly positive: Draw;
  /** In every second place NaN, ±Infinity or 0. Of integers: like `normal`. */
  readonly special: Draw;
  /** 0 or 1, uint8. */
  readonly mask: Draw;
  /** What is large enough for threads, where they pay; only of arrays in order, since it takes its time. */
  readonly large: <Row>(row: (shape: readonly number[]) => Row) => Row[];
  /** Below n, int32. */
  readonly indices: (n: number, ...shape: number[]) => NDArray;
}

const whole = { int32: (z: number) => Math.round(60 * z), uint8: (z: number) => Math.min(255, Math.abs(Math.round(60 * z))) }; // biome-ignore format: a table
const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0] as const;

/** Normal numbers, drawn once; every array is a stretch of them, or of what is made of them. */
const pool: readonly number[] = [
  ...random(7)
    .normal(0, 1, [2 ** 17])
    .flat(),
];
const coins: readonly number[] = [...random(8).choice(8, pool.length).flat()];
const made = new Map<string, NDArray>();

function pooled(key: string, dtype: DType, number: (z: number, i: number) => number): NDArray {
  const found = made.get(key) ?? array(pool.map(number), { dtype });
  made.set(key, found);
  return found;
}

export function drawsOf(dtype: DType, layout: Layout, seed: number): Draws {
  let next = 1000 * seed;
  const from =
    (kind: string, number: (z: number, i: number) => number, as: DType = dtype): Draw =>
    (...shape) => {
      const [all, size] = [pooled(`${kind} ${as}`, as, number), sizeOf(shape)];
      if (next + size > pool.length) next = 0;
      next += size;
      return all
        .slice([next - size, next])
        .copy()
        .reshape(...shape);
    };
  const laid =
    (draw: Draw): Draw =>
    (...shape) =>
      layout(shape, (s) => draw(...s));
  const rows = from("normal", isFloat(dtype) ? (z) => z : whole[dtype]);
  const special = (z: number, i: number): number => {
    const coin = coins[i] as number;
    return specials[coin] ?? z;
  };
  return {
    dtype,
    rows,
    normal: laid(rows),
    positive: laid(from("positive", isFloat(dtype) ? (z) => Math.abs(z) + 0.1 : (z) => Math.ceil(3 * Math.abs(z)))), // biome-ignore format: a call
    special: laid(isFloat(dtype) ? from("special", special) : rows),
    mask: laid(from("mask", (_, i) => (coins[i] as number) % 2, "uint8")),
    large: (row) => (layout === layouts["in order"] ? [row([130, 257])] : []),
    indices: (n, ...shape) => laid(from(`below ${n}`, (_, i) => (coins[i] as number) % n, "int32"))(...shape),
  };
}
