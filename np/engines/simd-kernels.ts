import type { Engine } from "../engine.ts";
import { jsEngine } from "./js/index.ts";
import { withFlatKernels, withWindowKernels, withWinograd } from "./wasm/index.ts";

let flat: Engine | null = null;

/** Everything but matrix products: SIMD kernels if WebAssembly has SIMD, else plain JavaScript. Compiled once. */
export function simdKernels(): Engine {
  try {
    flat ??= withWinograd(withWindowKernels(withFlatKernels(jsEngine)));
  } catch {
    flat = jsEngine; // `doctor` says why, under the wasm engine
  }
  return flat;
}
