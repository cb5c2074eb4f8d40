import type { TypedArray } from "../../dtype.ts";
import type { Engine, FloatArray } from "../../engine.ts";
import { type Columns, columnsSize, type WindowGeometry } from "../../window-geometry.ts";
import { align, growTo, instantiate, type WasmMemory } from "./module.ts";

/**
 * Elements of images that are pooled at once: with their results, they stay in the second-level
 * cache.
 */
const pieceLength = 32768;
/** How far a vector may read or write past an operand's end. */
const slackBytes = 64;

/**
 * The exports of `assembly/windows.ts`, by dtype. Tables are those of a WindowGeometry; addresses
 * are in bytes.
 */
// biome-ignore format: one operand a line
type StridedKernel = (
  image: number, other: number, rows: number, columns: number, runs: number,
  channels: number, plane: number, width: number,
  kh: number, kw: number, oh: number, ow: number, stride: number, zeros: boolean,
) => void;
/** The same for windows of stride 1: see `assembly/stride-one-windows.ts`. */
// biome-ignore format: one operand a line
type StrideOneKernel = (
  image: number, other: number, rows: number, runs: number,
  channels: number, plane: number, kh: number, kw: number, oh: number, ow: number,
) => void;
// biome-ignore format: one operand a line
type Largest = (
  image: number, out: number, winners: number, rows: number, columns: number,
  planes: number, height: number, width: number, kh: number, kw: number, oh: number, ow: number,
) => void;
type LargestOfFour = (
  image: number, out: number, winners: number, planes: number, height: number, width: number, oh: number, ow: number,
) => void; // biome-ignore format: one operand a line

type Spread = (
  planes: number, y: number, winners: number, count: number, plane: number, found: number,
) => void; // biome-ignore format: one operand a line

/**
 * Planes that are processed at once: the first, their number, and how many elements and windows
 * each has.
 */
interface Piece {
  readonly at: number;
  readonly count: number;
  readonly plane: number;
  readonly found: number;
}

/**
 * The base engine, with SIMD for windows. Columns are in the kernels' own memory, where BLAS reads
 * and writes them too.
 */
export function withWindowKernels(base: Engine): Engine {
  const kernels = new WindowKernels();
  return {
    ...base,
    columns: (dtype, geometry) =>
      (dtype === "float32" || dtype === "float64" ? kernels.columns(dtype, geometry) : null) ??
      base.columns(dtype, geometry),
    largest(x, geometry, planes, out, winners) {
      if (!isFloats(x) || !kernels.largest(x, geometry, planes, out as FloatArray | null, winners))
        base.largest(x, geometry, planes, out, winners);
    },
    unpool(out, y, x, geometry, planes) {
      const [from, to] = [y as FloatArray, out as FloatArray];
      if (!isFloats(x) || !kernels.unpool(to, from, x, geometry, planes))
        base.unpool(out, y, x, geometry, planes);
    },
  };
}

function isFloats(x: TypedArray): x is FloatArray {
  return x instanceof Float32Array || x instanceof Float64Array;
}

class WindowKernels {
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #memory: WasmMemory;

  constructor() {
    const { exports, memory } = instantiate("windows", 16);
    this.#exports = exports;
    this.#memory = memory;
  }

  /** The columns, in the kernels' memory; null if they do not fit into 1 GiB. */
  columns(dtype: "float32" | "float64", geometry: WindowGeometry): Columns | null {
    const { channels, size, kernel, positions, stride, zeros } = geometry;
    const plane = size[0] * size[1];
    const bytes = dtype === "float32" ? 4 : 8;
    const places = this.#place(geometry, channels * plane * bytes, columnsSize(geometry) * bytes);
    if (!places) return null;
    const [rows, columns, runs, image, data] = places as [number, number, number, number, number];
    const Floats = dtype === "float32" ? Float32Array : Float64Array;
    const { buffer } = this.#memory as { buffer: ArrayBuffer };
    const seen: FloatArray = new Floats(buffer, image, channels * plane);
    const letters = dtype === "float32" ? "Float32" : "Float64";
    const strideOne = isStrideOne(geometry);
    const run = (name: "unfold" | "fold"): void => {
      const kernelOf = this.#exports[`${name}${strideOne ? "StrideOne" : ""}${letters}`];
      if (strideOne)
        (kernelOf as StrideOneKernel)(image, data, rows, runs, channels, plane, ...kernel, ...positions);
      else
        (kernelOf as StridedKernel)(
          image, data, rows, columns, runs, channels, plane, size[1], ...kernel, ...positions, stride, zeros,
        ); // biome-ignore format: as declared
    };
    return {
      data: new Floats(buffer, data, columnsSize(geometry)),
      unfold(x, at) {
        seen.set(x.subarray(at, at + seen.length));
        run("unfold");
      },
      fold(x, at) {
        seen.fill(0);
        run("fold");
        x.set(seen, at);
      },
    };
  }

  /** False if a plane does not fit into the memory. */
  largest(
    x: FloatArray,
    geometry: WindowGeometry,
    planes: number,
    out: FloatArray | null,
    winners: Int32Array | null,
  ): boolean {
    return this.#pooled(x, geometry, planes, ({ at, found }, values, indices) => {
      out?.set(values, at * found);
      winners?.set(indices, at * found);
    });
  }

  /** False if a plane does not fit into the memory. */
  unpool(out: FloatArray, y: FloatArray, x: FloatArray, geometry: WindowGeometry, planes: number): boolean {
    const run = this.#exports[`spread${x.BYTES_PER_ELEMENT === 4 ? "Float32" : "Float64"}`] as Spread;
    return this.#pooled(x, geometry, planes, ({ at, count, plane, found }, values, indices, images) => {
      values.set(y.subarray(at * found, (at + count) * found));
      run(images.byteOffset, values.byteOffset, indices.byteOffset, count, plane, found);
      out.set(images, at * plane);
    });
  }

  /**
   * Calls `take` for pieces of the planes, with the largest element of each window, its index, and
   * the images in the kernels' memory.
   */
  #pooled(
    x: FloatArray,
    geometry: WindowGeometry,
    planes: number,
    take: (piece: Piece, values: FloatArray, indices: Int32Array, images: FloatArray) => void,
  ): boolean {
    const { size, kernel, positions } = geometry;
    const [plane, found] = [size[0] * size[1], positions[0] * positions[1]];
    const most = Math.max(1, Math.floor(pieceLength / plane));
    const { BYTES_PER_ELEMENT: bytes } = x;
    const places = this.#place(geometry, most * plane * bytes, most * found * bytes, most * found * 4);
    if (!places) return false;
    const [rows, columns, , image, values, indices] = places as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const Floats = (bytes === 4 ? Float32Array : Float64Array) as typeof Float64Array;
    const { buffer } = this.#memory as { buffer: ArrayBuffer };
    const four = bytes === 4 && isHalving(geometry);
    for (let at = 0; at < planes; at += most) {
      const count = Math.min(most, planes - at);
      const images = new Floats(buffer, image, count * plane);
      images.set(x.subarray(at * plane, (at + count) * plane));
      if (four) {
        const run = this.#exports.largestOfFourFloat32 as LargestOfFour;
        run(image, values, indices, count, ...size, ...positions);
      } else {
        const run = this.#exports[`largest${bytes === 4 ? "Float32" : "Float64"}`] as Largest;
        run(image, values, indices, rows, columns, count, ...size, ...kernel, ...positions);
      }
      const piece = { at, count, plane, found };
      take(
        piece,
        new Floats(buffer, values, count * found),
        new Int32Array(buffer, indices, count * found),
        images,
      );
    }
    return true;
  }

  /**
   * Copies the geometry's three tables in and makes room for more operands. Returns where each
   * starts; null if the memory cannot hold them.
   */
  #place({ rows, columns, runs }: WindowGeometry, ...operandBytes: readonly number[]): number[] | null {
    const tables = [rows, columns, runs];
    let end = 0;
    const places = [...tables.map(({ byteLength }) => byteLength), ...operandBytes].map((bytes) => {
      const at = end;
      end = align(at + bytes + slackBytes);
      return at;
    });
    if (!growTo(this.#memory, end)) return null;
    const words = new Int32Array(this.#memory.buffer as ArrayBuffer);
    tables.forEach((table, i) => {
      words.set(table, (places[i] as number) / 4);
    });
    return places;
  }
}

/**
 * Whether windows have stride 1, zero padding, and as many positions across as the image has
 * columns.
 */
function isStrideOne({ size, positions, rows, stride, zeros }: WindowGeometry): boolean {
  const [oh, ow] = positions;
  const down = rows.every(
    (row, at) => at % oh === 0 || row < 0 || rows[at - 1] === row - 1 || rows[at - 1] === -1,
  );
  return zeros && stride === 1 && down && ow === size[1];
}

/** Whether windows are 2 × 2 and side by side, starting at the first pixel. */
function isHalving({ kernel, stride, positions, rows, runs }: WindowGeometry): boolean {
  const sideBySide = kernel[0] === 2 && kernel[1] === 2 && stride === 2;
  const fromFirst = rows[0] === 0 && rows[positions[0]] === 1 && (positions[0] < 2 || rows[1] === 2);
  const [oh, ow] = positions;
  const columnsToo = [0, 1].every(
    (k) => runs[3 * k] === 0 && runs[3 * k + 1] === ow && runs[3 * k + 2] === k,
  );
  return sideBySide && fromFirst && columnsToo && (rows[2 * oh - 1] as number) === 2 * oh - 1;
}
