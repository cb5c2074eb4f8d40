import type { Matrix } from "../../engine.ts";
import type { UnitRange } from "./partition.ts";

/**
 * C ← A · B, or C + A · B if `add`, with the matrices given by their addresses in bytes; rows start
 * `ld` elements apart.
 */
export interface MatrixProduct {
  readonly float64: boolean;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly lda: number;
  readonly transA: boolean;
  readonly b: number;
  readonly ldb: number;
  readonly transB: boolean;
  readonly c: number;
  readonly ldc: number;
  readonly add: boolean;
}

/** C is divided along its longer side, at multiples of a tile. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/** The side of C that is divided, its length, and the tile's length along it. */
function longerSide({ m, n }: MatrixProduct, tile: Tile): { byRows: boolean; length: number; unit: number } {
  return m > n
    ? { byRows: true, length: m, unit: tile.rows }
    : { byRows: false, length: n, unit: tile.columns };
}

/** The number of tiles along C's longer side. */
export function tilesOf(product: MatrixProduct, tile: Tile): number {
  const { length, unit } = longerSide(product, tile);
  return Math.ceil(length / unit);
}

/** The rows or the columns of C that one part writes: `first` … `last` − 1. */
export function rangeOf(
  product: MatrixProduct,
  tile: Tile,
  { from, to }: Pick<UnitRange, "from" | "to">,
): { readonly byRows: boolean; readonly first: number; readonly last: number } {
  const { byRows, length, unit } = longerSide(product, tile);
  return { byRows, first: from * unit, last: Math.min(length, to * unit) };
}

/**
 * The product of one part's tiles. Each thread packs the whole operand along C's shorter side; the
 * one along its longer side is divided, so it is packed only once.
 */
export function partOf(product: MatrixProduct, tile: Tile, part: UnitRange): MatrixProduct {
  const { float64, a, lda, transA, b, ldb, transB, c, ldc } = product;
  const bytes = float64 ? 8 : 4;
  const { byRows, first, last } = rangeOf(product, tile, part);
  if (byRows)
    return {
      ...product,
      m: last - first,
      a: a + first * (transA ? 1 : lda) * bytes,
      c: c + first * ldc * bytes,
    };
  return { ...product, n: last - first, b: b + first * (transB ? ldb : 1) * bytes, c: c + first * bytes };
}

/** The address of a matrix, given that of its memory. */
export function addressIn({ data, offset }: Matrix, start: bigint): number {
  return Number(start) + offset * data.BYTES_PER_ELEMENT;
}

const numbers = ["m", "n", "k", "a", "lda", "b", "ldb", "c", "ldc"] as const;
const flags = ["float64", "transA", "transB", "add"] as const;

// biome-ignore format: one matrix a line
const empty = {
  float64: false, m: 0, n: 0, k: 0,
  a: 0, lda: 0, transA: false,
  b: 0, ldb: 0, transB: false,
  c: 0, ldc: 0, add: false,
};

/** Writes a product as numbers, from `at` on. */
export function encodeProduct(to: Float64Array, at: number, product: MatrixProduct): void {
  let next = at;
  for (const name of numbers) to[next++] = product[name];
  for (const name of flags) to[next++] = Number(product[name]);
}

/** Decodes what `encodeProduct` wrote. */
export function decodeProduct(from: Float64Array, at: number): MatrixProduct {
  const product = { ...empty };
  let next = at;
  for (const name of numbers) product[name] = from[next++] as number;
  for (const name of flags) product[name] = from[next++] === 1;
  return product;
}
