import type { Engine } from "../engine.ts";
import { jsEngine } from "./js/index.ts";
import { withFlatKernels, withWindowKernels, withWinograd } from "./wasm/index.ts";

/** The kernels, and why they are plain JavaScript; null if they are not. */
interface Kernels {
  readonly engine: Engine;
  readonly whyPlain: Error | null;
}

let kernels: Kernels | null = null;

/** Compiled once. */
function hostKernels(): Kernels {
  if (kernels) return kernels;
  try {
    kernels = { engine: withWinograd(withWindowKernels(withFlatKernels(jsEngine))), whyPlain: null };
  } catch (error) {
    kernels = { engine: jsEngine, whyPlain: error instanceof Error ? error : new Error(String(error)) };
  }
  return kernels;
}

/** Everything but matrix products: SIMD kernels if WebAssembly has SIMD, else plain JavaScript. */
export function simdKernels(): Engine {
  return hostKernels().engine;
}

/** Why `simdKernels` are plain JavaScript; null if they are not. */
export function whyPlainKernels(): Error | null {
  return hostKernels().whyPlain;
}
