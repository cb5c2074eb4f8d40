import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { begin } from "../js/memory.ts";
import { copy } from "./copy.ts";
import { align, growTo, type LoadedModule, loadModule } from "./module.ts";
import { Threads } from "./threads.ts";

/** From this many multiplications on, a product is worth waking another thread for. */
const worthSharing = 1_000_000;

/** The engine's products, or why they are not available. */
export type FoundWasm = { readonly product: WasmProduct } | { readonly reasons: readonly string[] };

export { withFlatKernels } from "./flat.ts";
export { NoAddresses } from "./module.ts";
export { withWindowKernels } from "./windows.ts";
export { withWinograd } from "./winograd.ts";

/** Checks whether this host can run the kernels. Never throws. */
export function findWasm(threads: number): FoundWasm {
  try {
    return { product: new WasmProduct(threads) };
  } catch (error) {
    return { reasons: [error instanceof Error ? error.message : String(error)] };
  }
}

/** The base engine, with matrix products computed by SIMD kernels in WebAssembly, on all cores. */
export function wasmEngine(product: WasmProduct, base: Engine): Engine {
  return {
    ...base,
    name: "wasm",
    gemm(m, n, k, a, b, c, add = false) {
      if (!product.run(m, n, k, a, b, c, add)) base.gemm(m, n, k, a, b, c, add);
    },
  };
}

/**
 * Products in the module's own memory: operands are copied in as they are stored, and the result is
 * copied out.
 */
export class WasmProduct {
  readonly description: string;
  readonly #loaded: LoadedModule;
  readonly #threads: Threads;

  constructor(threads: number) {
    this.#loaded = loadModule(512, threads);
    this.#threads = new Threads(this.#loaded, threads);
    growTo(this.#loaded.memory, this.#threads.end);
    const { shared, fused } = this.#loaded;
    const cores = shared ? `${this.#threads.count} threads` : "one thread";
    this.description = `WebAssembly SIMD${fused ? " with fused multiply-add" : ""}, ${cores}`;
  }

  /**
   * c ← a · b, or c + a · b or row + a · b, depending on `add`. False if nothing was done: the
   * operands do not fit into 1 GiB, or a thread failed.
   */
  run(
    m: number,
    n: number,
    k: number,
    a: Matrix,
    b: Matrix,
    c: FloatArray,
    add: boolean | FloatArray,
  ): boolean {
    if (m * n * k === 0) {
      begin(c, add);
      return true;
    }
    const [spanA, spanB] = [span(a, m, k), span(b, k, n)];
    const size = c.BYTES_PER_ELEMENT;
    const atA = align(this.#threads.end);
    const atB = align(atA + spanA * size);
    const atC = align(atB + spanB * size);
    const { memory } = this.#loaded;
    if (!growTo(memory, atC + m * n * size)) return false;
    const View = (c instanceof Float32Array ? Float32Array : Float64Array) as typeof Float64Array;
    const room = (at: number, length: number): FloatArray =>
      new View(memory.buffer as ArrayBuffer, at, length);
    copy(room(atA, spanA), a.data.subarray(a.offset, a.offset + spanA));
    copy(room(atB, spanB), b.data.subarray(b.offset, b.offset + spanB));
    const there = room(atC, m * n);
    if (add !== false) {
      begin(c, add);
      copy(there, c);
    }
    // biome-ignore format: one matrix a line
    const product = {
      float64: size === 8, m, n, k,
      a: atA, lda: a.ld, transA: a.transposed,
      b: atB, ldb: b.ld, transB: b.transposed,
      c: atC, ldc: n, add: add !== false,
    };
    if (!this.#threads.run(product, m * n * k >= worthSharing)) return false;
    copy(c, there);
    return true;
  }
}

/** The number of elements from a matrix's first to its last in memory, gaps included. */
function span({ ld, transposed }: Matrix, rows: number, columns: number): number {
  return transposed ? (columns - 1) * ld + rows : (rows - 1) * ld + columns;
}
