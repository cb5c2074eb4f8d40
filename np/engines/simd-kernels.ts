import type { Engine } from "../engine.ts";
import { jsEngine } from "./js/index.ts";
import { withFlatKernels, withWindowKernels, withWinograd } from "./wasm/index.ts";

let flat: Engine | null = null;

/** What computes all but the products: SIMD kernels where WebAssembly has them, compiled once. */
export function simdKernels(): Engine {
  try {
    flat ??= withWinograd(withWindowKernels(withFlatKernels(jsEngine)));
  } catch {
    flat = jsEngine; // doctor says why, of the wasm engine
  }
  return flat;
}
