import type { Matrix } from "../../engine.ts";
import type { Part } from "./cuts.ts";

/** C ← A · B, where the matrices lie in memory: addresses in bytes, rows of `ld` elements. */
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
}

/** A product's rows or columns are cut at multiples of so many, which fill the registers of any machine. */
const tile = 16;

/** Of C's rows or its columns, whichever are more, how many tiles there are. */
export function tilesOf({ m, n }: Product): number {
  return Math.ceil(Math.max(m, n) / tile);
}

/** The product of one part's tiles. The shorter side of C is packed by each thread for itself, the longer one only once. */
export function partOf(product: Product, { from, to }: Part): Product {
  const { float64, m, n, k, a, lda, transA, b, ldb, transB, c, ldc } = product;
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
  };
}

/** Where a matrix begins, given where its memory does. */
export function addressIn({ data, offset }: Matrix, start: bigint): number {
  return Number(start) + offset * data.BYTES_PER_ELEMENT;
}

// A product as numbers, which threads pass on faster than a message.
export const productNumbers = 12;

export function write(to: Float64Array, product: Product): void {
  to[0] = product.float64 ? 1 : 0;
  to[1] = product.m;
  to[2] = product.n;
  to[3] = product.k;
  to[4] = product.a;
  to[5] = product.lda;
  to[6] = product.transA ? 1 : 0;
  to[7] = product.b;
  to[8] = product.ldb;
  to[9] = product.transB ? 1 : 0;
  to[10] = product.c;
  to[11] = product.ldc;
}

export function read(from: Float64Array): Product {
  const at = (i: number): number => from[i] as number;
  return {
    float64: at(0) === 1,
    m: at(1),
    n: at(2),
    k: at(3),
    a: at(4),
    lda: at(5),
    transA: at(6) === 1,
    b: at(7),
    ldb: at(8),
    transB: at(9) === 1,
    c: at(10),
    ldc: at(11),
  };
}
