import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";
import { align, growTo, instantiate, type WasmMemory } from "./module.ts";
import { type Images, type Tiling, tilingOf } from "./tiling.ts";

/** As `assembly/winograd.ts` exports them. Addresses in bytes, strides in elements. */
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

/** Tiles that are worked on at once: with their results they stay in the cache, and the products are wide enough to be fast. */
const blockTiles = 512;
/** What a vector may read or write beyond an operand's end; it also keeps a tile's planes from falling on one another in the cache. */
const slackBytes = 64;
/** A kernel turned by 180 degrees has its planes in this order. */
const turned: readonly number[] = [15, 13, 14, 12, 7, 5, 6, 4, 11, 9, 10, 8, 3, 1, 2, 0];

/** The base engine with float32 windows of 3 × 3 by Winograd's algorithm, where that pays. */
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

/** Where 16 planes of numbers begin, and how many elements they lie apart. */
interface Planes {
  readonly at: number;
  readonly stride: number;
}

/** Where everything lies for as many samples as are worked on at once. */
interface Room {
  readonly block: number;
  readonly kernels: number;
  readonly images: number;
  readonly padded: number;
  /** The kernels' numbers, (rows, channels) as w has them; */
  readonly U: Planes;
  /** those of the tiles that come in, (channels, samples · tiles); */
  readonly D: Planes;
  /** and of those that go out. */
  readonly M: Planes;
}

/**
 * Between its ends the algorithm keeps a tile's 16 numbers apart, so there is a matrix product for each: M = U D. As that is linear in both,
 * the gradient of w is by U = M Dᵀ, with the tiles of dy for M; that of x is M = U D again, of dy, with the kernels turned and transposed.
 */
class Winograd {
  readonly #kernels: WinogradKernels;
  readonly #memory: WasmMemory;

  constructor() {
    const { exports, memory } = instantiate("winograd", 16);
    this.#kernels = exports as unknown as WinogradKernels;
    this.#memory = memory;
  }

  /** Null where a memory of 1 GiB does not hold it. */
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

  /** out ← the images seen through the kernels w; `back` where those are turned, and w is (input's channels, output's, 3, 3). */
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

  /** w ← the sum of what each of its places sees of x, times y there. */
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

/** The samples in blocks: from which on, how many, and how many tiles they have. */
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
