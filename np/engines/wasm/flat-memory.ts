import type { TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";
import { instantiate } from "./module.ts";

/**
 * Elements that are processed at once: three operands of float64, 384 KiB, stay in the second-level
 * cache.
 */
export const pieceLength = 16384;
/** Room for a piece of any dtype, plus what a vector reads or writes past its end. */
const areaBytes = pieceLength * 8 + 64;
const areas = 7;
const wordsBytes = 128;
/** Room for the constants of e^x. */
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
/** From this many elements on, copying them in and out costs less than a loop in JavaScript. */
export const worthCopying = 512;

// biome-ignore format: one family a line
const names = [
  "binary", "compare", "mask", "where", "fused", "addScaled", "adam", "momentum",
  "unary", "sumExp", "lossSums", "minus", "sumRows", "sumColumns", "sumProducts", "sumSquares", "sumCentered",
] as const;

/**
 * The kernels' own memory. Operands are copied in piece by piece, and results out. Copying costs a
 * tenth of a JavaScript loop, so it pays off. Each operand has an area.
 */
export class FlatMemory {
  readonly float32: FlatKernels;
  readonly float64: FlatKernels;
  readonly #float32: Float32Array;
  readonly #float64: Float64Array;
  readonly #uint8: Uint8Array;
  readonly #words: Uint32Array;
  /** Where the constants of e^x are. */
  readonly expTable: number = areas * areaBytes + wordsBytes;

  /** @throws TypeError if there is no WebAssembly, or it has no SIMD */
  constructor() {
    const { exports, memory } = instantiate(
      "flat",
      Math.ceil((areas * areaBytes + wordsBytes + tableBytes) / 65536),
    );
    const buffer = memory.buffer as ArrayBuffer; // the memory never grows
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

  /** Where an area starts, in bytes. */
  at(area: number): number {
    return area * areaBytes;
  }

  /** The memory as one kind of elements. */
  seenAs(like: TypedArray): FloatArray | Uint8Array {
    if (like instanceof Float32Array) return this.#float32;
    return like instanceof Float64Array ? this.#float64 : this.#uint8;
  }

  /**
   * Writes a few numbers after the areas, for a kernel with many arguments; returns where they
   * start.
   */
  putWords(words: readonly number[]): number {
    this.#words.set(words);
    return this.#words.byteOffset;
  }

  /** Copies n elements into an area. */
  put(area: number, from: TypedArray, at: number, n: number): void {
    const part = at === 0 && n === from.length ? from : from.subarray(at, at + n);
    this.seenAs(from).set(part, this.at(area) / from.BYTES_PER_ELEMENT);
  }

  /** Fills an area's first 16 bytes with one number, as a vector. */
  putNumber(area: number, value: number, like: TypedArray): void {
    const start = this.at(area) / like.BYTES_PER_ELEMENT;
    this.seenAs(like).fill(value, start, start + 16 / like.BYTES_PER_ELEMENT);
  }

  /**
   * Writes `count` numbers, each repeated to 16 bytes, starting with number `first` of an endless
   * repetition of the `cycle` numbers at `at`.
   */
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

/**
 * Rows that fit into a piece together, or one row that does not: the first row, and how many there
 * are.
 */
export interface Block {
  readonly row: number;
  readonly rows: number;
  /** Whether the block is a single piece. */
  readonly isWhole: boolean;
  /** Calls `work` for every piece, with its start and its length within each row. */
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
