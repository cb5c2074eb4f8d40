import { addressesLeft } from "../address-space.ts";
import { binaries } from "./binaries.ts";

/** The exports of `assembly/gemm.ts`. Addresses are in bytes, strides in elements. */
export interface GemmKernels {
  readonly gemmFloat32: GemmKernel;
  readonly gemmFloat64: GemmKernel;
  scratchBytes(): number;
}
/**
 * One thread's share of c ← a · b, or c + a · b if `add`: rows m0 … m1 − 1, columns n0 … n1 − 1.
 */
// biome-ignore format: one operand a line
export type GemmKernel = (
  a: number, aRow: number, aColumn: number,
  b: number, bRow: number, bColumn: number,
  c: number, ldc: number,
  m0: number, m1: number, n0: number, n1: number, k: number,
  add: boolean, scratch: number,
) => void;

/** The part of WebAssembly's JavaScript interface that we use; our types do not include the DOM. */
interface Host {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
  Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
}
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** In pages of 64 KiB: at most 1 GiB. */
export const maximumPages = 16384;
const pageBytes = 65536;

export interface LoadedModule {
  readonly kernels: GemmKernels;
  readonly module: object;
  readonly memory: WasmMemory;
  readonly shared: boolean;
  /** Whether a multiplication and an addition are a single instruction. */
  readonly fused: boolean;
}

/**
 * The kernels, compiled for what this host supports: fused multiply-add (relaxed SIMD), and memory
 * that threads can share.
 * @throws TypeError if there is no WebAssembly, or it has no SIMD; NoAddresses
 */
export function loadModule(pages: number, threads: number): LoadedModule {
  const host = hostWithSimd();
  const shared = threads > 1 && typeof SharedArrayBuffer === "function";
  const fused = host.validate(bytesOf("relaxed"));
  const name = shared ? (fused ? "sharedRelaxed" : "sharedStrict") : fused ? "relaxed" : "strict";
  const memory = newMemory(host, pages, shared);
  const module = new host.Module(bytesOf(name));
  return { kernels: instanceOf(module, memory), module, memory, shared, fused };
}

/** The kernels of a compiled module, on a memory. */
export function instanceOf(module: object, memory: object): GemmKernels {
  const { exports } = new (hostWithSimd().Instance)(module, { env: { memory } });
  return exports as GemmKernels;
}

/**
 * Instantiates other kernels, by their file, for one thread with its own memory. @throws TypeError
 * as loadModule does
 */
export function instantiate(
  name: "flat" | "windows" | "winograd",
  pages: number,
): { readonly exports: Readonly<Record<string, unknown>>; readonly memory: WasmMemory } {
  const host = hostWithSimd();
  const memory = newMemory(host, pages, false);
  const { exports } = new host.Instance(new host.Module(bytesOf(name)), { env: { memory } });
  return { exports: exports as Record<string, unknown>, memory };
}

/**
 * V8 reserves 10 GB of addresses for each memory, to check bounds by the processor's page tables,
 * which `ulimit -v` forbids.
 */
function newMemory(host: Host, initial: number, shared: boolean): WasmMemory {
  // Where addresses are few, every memory reserves a small share: arrays need the rest.
  const share = Math.floor((addressesLeft() ?? Number.POSITIVE_INFINITY) / 16 / pageBytes);
  const maximum = Math.min(maximumPages, Math.max(initial, share));
  try {
    return new host.Memory({ initial, maximum, ...(shared && { shared }) });
  } catch (error) {
    throw new NoAddresses(
      `WebAssembly cannot reserve its address space (${error instanceof Error ? error.message : error}). If \`ulimit -v\` limits it: \`ulimit -d\` limits memory without this, and under \`node --disable-wasm-trap-handler\` it needs less`,
    );
  }
}

/** Thrown where memory for WebAssembly cannot be reserved. */
export class NoAddresses extends RangeError {}

function hostWithSimd(): Host {
  const host = (globalThis as { WebAssembly?: Host }).WebAssembly;
  if (!host) throw new TypeError("there is no WebAssembly here");
  if (!host.validate(bytesOf("strict"))) throw new TypeError("WebAssembly has no SIMD here");
  return host;
}

function bytesOf(name: keyof typeof binaries): Uint8Array {
  return Uint8Array.from(atob(binaries[name]), (letter) => letter.charCodeAt(0));
}

/** The next multiple of 64 bytes, a cache line. */
export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Grows a memory to at least `bytes`; false if it cannot grow that far. */
export function growTo(memory: WasmMemory, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return true;
  if (bytes > maximumPages * pageBytes) return false;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
    return true;
  } catch {
    return false; // the machine has no more memory
  }
}
