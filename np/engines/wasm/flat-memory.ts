import type { TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";
import { instantiate } from "./module.ts";

/** Elements that are worked on at once: three operands of float64, 384 KiB, stay in the second-level cache. */
export const pieceLength = 16384;
/** Room for a piece of any dtype, and for what a vector reads or writes beyond its end. */
const areaBytes = pieceLength * 8 + 64;
const areas = 7;
const wordsBytes = 128;
/** Room for the numbers of e^x's formula. */
const tableBytes = 256;

/** Kernels by dtype, as `assembly/flat.ts` exports them. */
export interface FlatKernels {
  readonly adam: (
    n: number, p: number, g: number, m: number, v: number, shrink: number, penalty: number,
    beta1: number, rest1: number, beta2: number, rest2: number, size: number, correction: number, eps: number,
  ) => void; // biome-ignore format: as declared
  readonly momentum: (
    n: number, p: number, g: number, velocity: number,
    lr: number, penalty: number, mu: number, rest: number, nesterov: boolean, first: boolean,
  ) => void; // biome-ignore format: as declared
  readonly binary: (
    op: number,
    rows: number,
    length: number,
    out: number,
    x: number,
    y: number,
    kind: number,
  ) => void;
  readonly compare: (op: number, n: number, out: number, x: number, y: number, step: number) => void;
  readonly mask: (n: number, out: number, x: number, mask: number) => void;
  readonly where: (
    n: number,
    out: number,
    mask: number,
    x: number,
    xStep: number,
    y: number,
    yStep: number,
  ) => void;
  readonly addScaled: (n: number, y: number, x: number, scale: number) => void;
  readonly sumRows: (rows: number, length: number, sums: number, x: number) => void;
  readonly sumColumns: (rows: number, length: number, sums: number, x: number) => void;
  readonly sumProducts: (rows: number, length: number, sums: number, x: number, y: number) => void;
  readonly sumSquares: (rows: number, length: number, sums: number, x: number, centers: number) => void;
  readonly sumCentered: (
    rows: number, length: number, products: number, sums: number, x: number, y: number, centers: number,
  ) => void; // biome-ignore format: as declared
  readonly unary: (op: number, n: number, out: number, x: number, table: number) => void;
  readonly sumExp: (rows: number, length: number, out: number, x: number, table: number) => void;
  readonly lossSums: (
    rows: number, length: number, out: number, x: number, t: number, e: number, table: number,
  ) => void; // biome-ignore format: as declared
  readonly minus: (
    rows: number, length: number, out: number, x: number, t: number, scale: number, step: number, e: number, table: number,
  ) => void; // biome-ignore format: as declared
  readonly fused: (op: number, rows: number, length: number, out: number, operands: number) => void;
}
/** From so many elements on, copying them in and out costs less than JavaScript's loop. */
export const worthCopying = 512;

// biome-ignore format: one family a line
const names = [
  "binary", "compare", "mask", "where", "fused", "addScaled", "adam", "momentum",
  "unary", "sumExp", "lossSums", "minus", "sumRows", "sumColumns", "sumProducts", "sumSquares", "sumCentered",
] as const;

/**
 * A memory of the kernels' own, into which operands are copied piece by piece and results out: copying costs a tenth of what a loop of
 * JavaScript costs, so it pays. One operand, one area.
 */
export class FlatMemory {
  readonly float32: FlatKernels;
  readonly float64: FlatKernels;
  readonly #float32: Float32Array;
  readonly #float64: Float64Array;
  readonly #uint8: Uint8Array;
  readonly #words: Uint32Array;
  /** Where the numbers of e^x's formula lie. */
  readonly expTable: number = areas * areaBytes + wordsBytes;

  /** @throws TypeError where there is no WebAssembly, or none with SIMD */
  constructor() {
    const { exports, memory } = instantiate(
      "flat",
      Math.ceil((areas * areaBytes + wordsBytes + tableBytes) / 65536),
    );
    const buffer = memory.buffer as ArrayBuffer; // it never grows
    const of = (dtype: string): FlatKernels =>
      Object.fromEntries(names.map((name) => [name, exports[`${name}${dtype}`]])) as unknown as FlatKernels;
    this.float32 = of("Float32");
    this.float64 = of("Float64");
    (exports.writeExpTable as (table: number) => void)(this.expTable);
    this.#float32 = new Float32Array(buffer);
    this.#float64 = new Float64Array(buffer);
    this.#uint8 = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer, areas * areaBytes);
  }

  /** The kernels for one kind of floats; null for integers. */
  kernelsFor(data: TypedArray): FlatKernels | null {
    if (data instanceof Float32Array) return this.float32;
    return data instanceof Float64Array ? this.float64 : null;
  }

  /** Where an area begins, in bytes. */
  at(area: number): number {
    return area * areaBytes;
  }

  /** The memory as one kind of elements. */
  seenAs(like: TypedArray): FloatArray | Uint8Array {
    if (like instanceof Float32Array) return this.#float32;
    return like instanceof Float64Array ? this.#float64 : this.#uint8;
  }

  /** Writes a few numbers behind the areas, for a kernel that takes many; returns where they begin. */
  putWords(words: readonly number[]): number {
    this.#words.set(words);
    return this.#words.byteOffset;
  }

  /** Copies n elements into an area. */
  put(area: number, from: TypedArray, at: number, n: number): void {
    const part = at === 0 && n === from.length ? from : from.subarray(at, at + n);
    this.seenAs(from).set(part, this.at(area) / from.BYTES_PER_ELEMENT);
  }

  /** Repeats one number over an area's first 16 bytes: a vector of it. */
  putNumber(area: number, value: number, like: TypedArray): void {
    const start = this.at(area) / like.BYTES_PER_ELEMENT;
    this.seenAs(like).fill(value, start, start + 16 / like.BYTES_PER_ELEMENT);
  }

  /** Repeats each of `count` numbers 16 bytes long: those from `first` on, of `cycle` that begin at `at` and come again and again. */
  putEach(area: number, from: FloatArray, at: number, first: number, count: number, cycle: number): void {
    const lanes = 16 / from.BYTES_PER_ELEMENT;
    const to = this.seenAs(from);
    let place = this.at(area) / from.BYTES_PER_ELEMENT;
    for (let i = first; i < first + count; i++) {
      const value = from[at + (i % cycle)] as number;
      for (const end = place + lanes; place < end; place++) to[place] = value;
    }
  }

  /** Copies n elements out of an area. */
  take(area: number, to: TypedArray, at: number, n: number): void {
    const start = this.at(area) / to.BYTES_PER_ELEMENT;
    to.set(this.seenAs(to).subarray(start, start + n), at);
  }
}

/** Calls `work` for every piece. */
export function pieces(size: number, work: (at: number, n: number) => void): void {
  for (let at = 0; at < size; at += pieceLength) work(at, Math.min(pieceLength, size - at));
}

/** Rows that fit into a piece together, or one that does not: the first, and how many. */
export interface Block {
  readonly row: number;
  readonly rows: number;
  /** Whether it is one piece. */
  readonly isWhole: boolean;
  /** Calls `work` for every piece: where it begins, and how much it has of each row. */
  visit(work: (at: number, length: number) => void): void;
}

/** Calls `work` for every block of rows. */
export function blocks(rows: number, length: number, work: (block: Block) => void): void {
  const together = Math.max(1, Math.floor(pieceLength / length));
  for (let row = 0; row < rows; row += together) {
    const first = row * length;
    work({
      row,
      rows: Math.min(together, rows - row),
      isWhole: length <= pieceLength,
      visit: (piece) => pieces(length, (from, n) => piece(first + from, n)),
    });
  }
}
