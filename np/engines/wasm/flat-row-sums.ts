import type { TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";
import { type Block, blocks, type FlatKernels, type FlatMemory } from "./flat-memory.ts";

// Sums over rows of contiguous floats. Each function returns false if js must compute the sums.

/** Shorter rows are not worth vectorising. */
const shortest = 16;

/**
 * The sums of a block's rows: the kernels keep four per row in an area, and `read` adds them into
 * `out`.
 */
class Sums {
  readonly at: number;
  readonly #numbers: FloatArray;
  readonly #out: TypedArray;

  constructor(memory: FlatMemory, area: number, out: TypedArray) {
    this.at = memory.at(area);
    this.#numbers = memory.seenAs(new Float64Array(0)) as FloatArray;
    this.#out = out;
  }

  clear({ rows }: Block): void {
    this.#numbers.fill(0, this.at / 8, this.at / 8 + 4 * rows);
  }

  read({ row, rows }: Block): void {
    const sums = this.#numbers;
    for (let r = 0, four = this.at / 8; r < rows; r++, four += 4) {
      const [s0, s1, s2, s3] = [sums[four], sums[four + 1], sums[four + 2], sums[four + 3]] as [number, number, number, number]; // biome-ignore format: four sums
      this.#out[row + r] = s0 + s1 + (s2 + s3);
    }
  }
}

/**
 * Adds up one block. The operands are copied in piece by piece, one per area from 1 on, and the
 * kernel runs.
 */
function addUp(
  memory: FlatMemory,
  block: Block,
  sums: readonly Sums[],
  operands: readonly TypedArray[],
  run: (rows: number, length: number) => void,
): void {
  for (const sum of sums) sum.clear(block);
  block.visit((at, length) => {
    for (const [i, x] of operands.entries()) memory.put(1 + i, x, at, block.rows * length);
    run(block.rows, length);
  });
  for (const sum of sums) sum.read(block);
}

/** The kernels for these floats; null if the rows are short or the arrays differ in dtype. */
function kernelsFor(memory: FlatMemory, length: number, ...xs: readonly TypedArray[]): FlatKernels | null {
  const [x] = xs as [TypedArray];
  return length < shortest || xs.some((y) => y.constructor !== x.constructor) ? null : memory.kernelsFor(x);
}

/** Σ x for each row. */
export function rowSums(memory: FlatMemory, out: TypedArray, x: TypedArray, length: number): boolean {
  const kernels = kernelsFor(memory, length, x);
  if (!kernels) return false;
  const sums = new Sums(memory, 0, out);
  blocks(out.length, length, (block) => {
    addUp(memory, block, [sums], [x], (rows, part) => kernels.sumRows(rows, part, sums.at, memory.at(1)));
  });
  return true;
}

/** Σ x y for each row. */
export function sumProducts(
  memory: FlatMemory,
  out: Float64Array,
  x: TypedArray,
  y: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, length, x, y);
  if (!kernels) return false;
  const sums = new Sums(memory, 0, out);
  blocks(out.length, length, (block) => {
    addUp(memory, block, [sums], [x, y], (rows, part) =>
      kernels.sumProducts(rows, part, sums.at, memory.at(1), memory.at(2)),
    );
  });
  return true;
}

/**
 * Σ x and Σ (x − the row's mean)² for each row. Rows that fit into a piece are copied in only once.
 */
export function moments(
  memory: FlatMemory,
  out: Float64Array,
  rest: Float64Array,
  x: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, length, x);
  if (!kernels) return false;
  const [sums, squares] = [new Sums(memory, 0, out), new Sums(memory, 3, rest)];
  const means = new (x.constructor as Float64ArrayConstructor)(out.length) as FloatArray;
  blocks(out.length, length, (block) => {
    const { row, rows, isWhole } = block;
    addUp(memory, block, [sums], [x], (count, part) => kernels.sumRows(count, part, sums.at, memory.at(1)));
    for (let r = row; r < row + rows; r++) means[r] = (out[r] as number) / length;
    memory.putEach(2, means, 0, row, rows, out.length);
    addUp(memory, block, [squares], isWhole ? [] : [x], (count, part) =>
      kernels.sumSquares(count, part, squares.at, memory.at(1), memory.at(2)),
    );
  });
  return true;
}

/** Σ x and Σ x (y − center) for each row. */
export function comoments(
  memory: FlatMemory,
  out: Float64Array,
  rest: Float64Array,
  x: TypedArray,
  y: TypedArray,
  centers: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, length, x, y, centers);
  if (!kernels) return false;
  const [sums, products] = [new Sums(memory, 0, out), new Sums(memory, 4, rest)];
  blocks(out.length, length, (block) => {
    memory.putEach(3, centers as FloatArray, 0, block.row, block.rows, out.length);
    addUp(memory, block, [sums, products], [x, y], (count, part) =>
      kernels.sumCentered(count, part, products.at, sums.at, memory.at(1), memory.at(2), memory.at(3)),
    );
  });
  return true;
}
