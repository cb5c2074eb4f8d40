import type { TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";
import { type FlatKernels, type FlatMemory, pieceLength } from "./flat-memory.ts";

// Sums over rows of contiguous floats; each function is false where that is left to js.

/** Shorter rows are not worth a vector. */
const shortest = 16;

/** The sums of rows, four for each, as the kernels keep them. */
class Fours {
  readonly at: number;
  readonly #numbers: FloatArray;

  constructor(memory: FlatMemory, area: number) {
    this.at = memory.at(area);
    this.#numbers = memory.seenAs(new Float64Array(0)) as FloatArray;
  }

  clear(rows: number): void {
    this.#numbers.fill(0, this.at / 8, this.at / 8 + 4 * rows);
  }

  read(out: TypedArray, row: number, rows: number): void {
    const sums = this.#numbers;
    for (let r = 0, four = this.at / 8; r < rows; r++, four += 4) {
      const [s0, s1, s2, s3] = [sums[four], sums[four + 1], sums[four + 2], sums[four + 3]] as [number, number, number, number]; // biome-ignore format: four sums
      out[row + r] = s0 + s1 + (s2 + s3);
    }
  }
}

/** Calls `work` for rows that fit into a piece together, or for one that does not: with the first, their number, and what visits all that a piece holds. */
function blocks(
  rows: number,
  length: number,
  work: (row: number, rows: number, visit: (piece: (at: number, part: number) => void) => void) => void,
): void {
  const together = Math.max(1, Math.floor(pieceLength / length));
  for (let row = 0; row < rows; row += together) {
    work(row, Math.min(together, rows - row), (piece) => {
      for (let from = 0; from < length; from += pieceLength)
        piece(row * length + from, Math.min(pieceLength, length - from));
    });
  }
}

function kernelsFor(memory: FlatMemory, x: TypedArray, length: number): FlatKernels | null {
  return length < shortest ? null : memory.kernelsFor(x);
}

/** Of every row Σ x. */
export function rowSums(memory: FlatMemory, out: TypedArray, x: TypedArray, length: number): boolean {
  const kernels = kernelsFor(memory, x, length);
  if (!kernels) return false;
  const sums = new Fours(memory, 0);
  blocks(out.length, length, (row, rows, visit) => {
    sums.clear(rows);
    visit((at, part) => {
      memory.put(1, x, at, rows * part);
      kernels.sumRows(rows, part, sums.at, memory.at(1));
    });
    sums.read(out, row, rows);
  });
  return true;
}

/** Of every row Σ x y. */
export function sumProducts(
  memory: FlatMemory,
  out: Float64Array,
  x: TypedArray,
  y: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, x, length);
  if (!kernels || y.constructor !== x.constructor) return false;
  const sums = new Fours(memory, 0);
  blocks(out.length, length, (row, rows, visit) => {
    sums.clear(rows);
    visit((at, part) => {
      memory.put(1, x, at, rows * part);
      memory.put(2, y, at, rows * part);
      kernels.sumProducts(rows, part, sums.at, memory.at(1), memory.at(2));
    });
    sums.read(out, row, rows);
  });
  return true;
}

/** Of every row Σ x, and Σ (x − its mean)²: rows that fit into a piece are copied in once. */
export function moments(
  memory: FlatMemory,
  out: Float64Array,
  rest: Float64Array,
  x: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, x, length);
  if (!kernels) return false;
  const [sums, squares] = [new Fours(memory, 0), new Fours(memory, 3)];
  const means = new (x.constructor as Float64ArrayConstructor)(out.length) as FloatArray;
  blocks(out.length, length, (row, rows, visit) => {
    sums.clear(rows);
    visit((at, part) => {
      memory.put(1, x, at, rows * part);
      kernels.sumRows(rows, part, sums.at, memory.at(1));
    });
    sums.read(out, row, rows);
    for (let r = row; r < row + rows; r++) means[r] = (out[r] as number) / length;
    memory.putEach(2, means, 0, row, rows, out.length);
    squares.clear(rows);
    visit((at, part) => {
      if (part < length) memory.put(1, x, at, part);
      kernels.sumSquares(rows, part, squares.at, memory.at(1), memory.at(2));
    });
    squares.read(rest, row, rows);
  });
  return true;
}

/** Of every row Σ x, and Σ x (y − center). */
export function comoments(
  memory: FlatMemory,
  out: Float64Array,
  rest: Float64Array,
  x: TypedArray,
  y: TypedArray,
  centers: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, x, length);
  if (!kernels || y.constructor !== x.constructor || centers.constructor !== x.constructor) return false;
  const [sums, products] = [new Fours(memory, 0), new Fours(memory, 4)];
  blocks(out.length, length, (row, rows, visit) => {
    sums.clear(rows);
    products.clear(rows);
    memory.putEach(3, centers as FloatArray, 0, row, rows, out.length);
    visit((at, part) => {
      memory.put(1, x, at, rows * part);
      memory.put(2, y, at, rows * part);
      kernels.sumCentered(rows, part, products.at, sums.at, memory.at(1), memory.at(2), memory.at(3));
    });
    products.read(rest, row, rows);
    sums.read(out, row, rows);
  });
  return true;
}
