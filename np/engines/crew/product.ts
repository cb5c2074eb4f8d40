import type { Matrix } from "../../engine.ts";
import type { Part } from "./partition.ts";

/** C ← A · B, or with `add` C + A · B, where the matrices lie in memory: addresses in bytes, rows of `ld` elements. */
export interface Product {
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

/** A product's rows or columns are cut at multiples of so many, which fill the registers of any machine. */
const tile = 16;

/** Of C's rows or its columns, whichever are more, how many tiles there are. */
export function tilesOf({ m, n }: Product): number {
  return Math.ceil(Math.max(m, n) / tile);
}

/** The product of one part's tiles. The shorter side of C is packed by each thread for itself, the longer one only once. */
export function partOf(product: Product, { from, to }: Part): Product {
  const { float64, m, n, k, a, lda, transA, b, ldb, transB, c, ldc, add } = product;
  const bytes = float64 ? 8 : 4;
  const first = from * tile;
  const byRows = m > n;
  const count = Math.min(to * tile, byRows ? m : n) - first;
  return {
    float64,
    m: byRows ? count : m,
    n: byRows ? n : count,
    k,
    a: byRows ? a + first * (transA ? 1 : lda) * bytes : a,
    lda,
    transA,
    b: byRows ? b : b + first * (transB ? ldb : 1) * bytes,
    ldb,
    transB,
    c: c + first * (byRows ? ldc : 1) * bytes,
    ldc,
    add,
  };
}

/** Where a matrix begins, given where its memory does. */
export function addressIn({ data, offset }: Matrix, start: bigint): number {
  return Number(start) + offset * data.BYTES_PER_ELEMENT;
}

/** Writes a product from `at` on. */
export function writeProduct(to: Float64Array, at: number, product: Product): void {
  const { float64, m, n, k, a, lda, transA, b, ldb, transB, c, ldc, add } = product;
  const all = [Number(float64), m, n, k, a, lda, Number(transA), b, ldb, Number(transB), c, ldc, Number(add)];
  for (let i = 0; i < all.length; i++) to[at + i] = all[i] as number;
}

/** What `writeProduct` wrote. */
export function readProduct(from: Float64Array, at: number): Product {
  const [float64, m, n, k, a, lda, transA, b, ldb, transB, c, ldc, add] = from.subarray(at, at + 13) as unknown as [
    number, number, number, number, number, number, number, number, number, number, number, number, number,
  ]; // biome-ignore format: the numbers of a product
  return {
    float64: float64 === 1,
    m,
    n,
    k,
    a,
    lda,
    transA: transA === 1,
    b,
    ldb,
    transB: transB === 1,
    c,
    ldc,
    add: add === 1,
  };
}
