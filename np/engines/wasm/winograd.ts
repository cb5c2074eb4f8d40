import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";
import { align, growTo, instantiate, type WasmMemory } from "./module.ts";
import { type Images, type Tiling, tilingOf } from "./tiling.ts";

/** The exports of `assembly/winograd.ts`. Addresses are in bytes, strides in elements. */
// biome-ignore format: one operand a line
interface WinogradKernels {
  splitInput(
    images: number, to: number, stride: number, samples: number, channels: number, down: number, across: number,
    padded: number, height: number, width: number, top: number, left: number,
  ): void;
  splitOutput(
    images: number, to: number, stride: number, samples: number, channels: number, down: number, across: number,
  ): void;
  joinOutput(
    from: number, images: number, stride: number, samples: number, channels: number, down: number, across: number,
  ): void;
  splitKernels(from: number, to: number, stride: number, count: number): void;
  joinKernels(from: number, to: number, stride: number, count: number): void;
}

/**
 * Tiles that are processed at once: with their results they stay in the cache, and the products are
 * wide enough to be fast.
 */
const blockTiles = 512;
/**
 * How far a vector may read or write past an operand's end. It also keeps a tile's planes from
 * mapping to the same cache lines.
 */
const slackBytes = 64;
/** The order of the planes of a kernel rotated by 180 degrees. */
const turned: readonly number[] = [15, 13, 14, 12, 7, 5, 6, 4, 11, 9, 10, 8, 3, 1, 2, 0];

/** The base engine, with Winograd's algorithm for 3 × 3 windows in float32 where that pays off. */
export function withWinograd(base: Engine): Engine {
  const winograd = new Winograd();
  return {
    ...base,
    convolve(into, sizes, x, w, y) {
      const tiling = x instanceof Float32Array ? tilingOf(into, sizes) : null;
      const room = tiling && winograd.roomFor(tiling);
      if (!tiling || !room) base.convolve.call(this, into, sizes, x, w, y);
      else if (into === "y") winograd.apply(this, tiling, room, x, w, y);
      else if (into === "x") winograd.apply(this, tiling, room, y, w, x, true);
      else winograd.correlate(this, tiling, room, x, w, y);
    },
  };
}

/** Where 16 planes of numbers start, and how many elements apart they are. */
interface Planes {
  readonly at: number;
  readonly stride: number;
}

/** Where everything is stored, for as many samples as are processed at once. */
interface Room {
  readonly block: number;
  readonly kernels: number;
  readonly images: number;
  readonly padded: number;
  /** The transformed kernels, (rows, channels) as in w. */
  readonly U: Planes;
  /** The transformed input tiles, (channels, samples · tiles). */
  readonly D: Planes;
  /** The transformed output tiles. */
  readonly M: Planes;
}

/**
 * In between, the algorithm keeps a tile's 16 numbers apart, so each has its own matrix product: M
 * = U D. This is linear in both, so the gradient of w is U = M Dᵀ, with the tiles of dy as M. The
 * gradient of x is M = U D again, applied to dy, with the kernels rotated and transposed.
 */
class Winograd {
  readonly #kernels: WinogradKernels;
  readonly #memory: WasmMemory;

  constructor() {
    const { exports, memory } = instantiate("winograd", 16);
    this.#kernels = exports as unknown as WinogradKernels;
    this.#memory = memory;
  }

  /** The room for a tiling; null if a memory of 1 GiB cannot hold it. */
  roomFor({ samples, input, output, tiles }: Tiling): Room | null {
    const block = Math.min(samples, Math.max(1, Math.floor(blockTiles / sizeOf(tiles))));
    let end = 0;
    const place = (elements: number): number => {
      const at = end;
      end = align(at + 4 * elements + slackBytes);
      return at;
    };
    const planes = (length: number): Planes => {
      const stride = align(4 * length + slackBytes) / 4;
      return { at: place(16 * stride), stride };
    };
    const room = {
      block,
      kernels: place(9 * (input.channels * output.channels + 3)),
      images: place(block * Math.max(input.length, output.length)),
      padded: place((2 * tiles[0] + 2) * (2 * tiles[1] + 2)),
      U: planes(input.channels * output.channels),
      D: planes(input.channels * block * sizeOf(tiles)),
      M: planes(output.channels * block * sizeOf(tiles)),
    };
    return growTo(this.#memory, end) ? room : null;
  }

  /**
   * out ← the images convolved with the kernels w. With `back`, the kernels are rotated, and w is
   * (input's channels, output's, 3, 3).
   */
  apply(
    engine: Engine,
    tiling: Tiling,
    room: Room,
    images: FloatArray,
    w: FloatArray,
    out: FloatArray,
    back: boolean = false,
  ): void {
    const { input, output, tiles } = tiling;
    const { kernels, U, D, M } = room;
    this.#floats(kernels, w.length).set(w);
    this.#kernels.splitKernels(kernels, U.at, U.stride, w.length / 9);
    const inner = back ? output.channels : input.channels;
    for (const { first, samples, columns } of blocksOf(tiling, room)) {
      this.#splitInput(tiling, room, images, first, samples);
      for (let k = 0; k < 16; k++) {
        const u = matrix(this.#plane(U, back ? (turned[k] as number) : k, w.length / 9), inner, back);
        const d = matrix(this.#plane(D, k, input.channels * columns), columns);
        const m = this.#plane(M, k, output.channels * columns);
        engine.gemm(output.channels, columns, input.channels, u, d, m);
      }
      this.#kernels.joinOutput(M.at, room.images, M.stride, samples, output.channels, ...tiles);
      out.set(this.#floats(room.images, samples * output.length), first * output.length);
    }
  }

  /**
   * w ← for each of its elements, the sum over positions of the pixel of x that it covers, times y
   * there.
   */
  correlate(engine: Engine, tiling: Tiling, room: Room, x: FloatArray, w: FloatArray, y: FloatArray): void {
    const { input, output, tiles } = tiling;
    const { images, kernels, U, D, M } = room;
    for (const { first, samples, columns } of blocksOf(tiling, room)) {
      this.#splitInput(tiling, room, x, first, samples);
      this.#floats(images, samples * output.length).set(samplesOf(y, output, first, samples));
      this.#kernels.splitOutput(images, M.at, M.stride, samples, output.channels, ...tiles);
      for (let k = 0; k < 16; k++) {
        const m = matrix(this.#plane(M, k, output.channels * columns), columns);
        const d = matrix(this.#plane(D, k, input.channels * columns), columns, true);
        const u = this.#plane(U, k, w.length / 9);
        engine.gemm(output.channels, input.channels, columns, m, d, u, first > 0);
      }
    }
    this.#kernels.joinKernels(U.at, kernels, U.stride, w.length / 9);
    w.set(this.#floats(kernels, w.length));
  }

  #splitInput(
    { input, before, tiles }: Tiling,
    { images, padded, D }: Room,
    x: FloatArray,
    first: number,
    samples: number,
  ): void {
    this.#floats(images, samples * input.length).set(samplesOf(x, input, first, samples));
    const { channels, size } = input;
    this.#kernels.splitInput(
      images, D.at, D.stride, samples, channels, ...tiles, padded, ...size, ...before,
    ); // biome-ignore format: as declared
  }

  #floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer as ArrayBuffer, at, length);
  }

  #plane({ at, stride }: Planes, k: number, length: number): Float32Array {
    return this.#floats(at + 4 * k * stride, length);
  }
}

/** The samples in blocks: the first sample, how many there are, and how many tiles they have. */
function* blocksOf(
  { samples: all, tiles }: Tiling,
  { block }: Room,
): Generator<{ readonly first: number; readonly samples: number; readonly columns: number }> {
  for (let first = 0; first < all; first += block) {
    const samples = Math.min(block, all - first);
    yield { first, samples, columns: samples * sizeOf(tiles) };
  }
}

function samplesOf(x: FloatArray, { length }: Images, first: number, samples: number): FloatArray {
  return x.subarray(first * length, (first + samples) * length);
}

function matrix(data: FloatArray, ld: number, transposed: boolean = false): Matrix {
  return { data, offset: 0, ld, transposed };
}
