import type { Engine } from "../engine.ts";
import { blasEngine, type Found, findBlas, type Koffi } from "./blas/index.ts";
import { jsEngine } from "./js/index.ts";
import { type FoundWasm, findWasm, wasmEngine, withFlatKernels, withWindowKernels } from "./wasm/index.ts";

/** Who computes: "auto" is the fastest that this machine has. */
export type EngineName = "auto" | "js" | "wasm" | "blas";

export const engineNames: readonly EngineName[] = ["auto", "js", "wasm", "blas"];

/** What `doctor` says of one engine. */
export interface EngineReport {
  readonly name: Exclude<EngineName, "auto">;
  readonly available: boolean;
  /** What it stands on, or why it is not there: one line for everything that was looked for. */
  readonly details: readonly string[];
}

let blas: Found | null = null;

/** Looked for once, when first wanted. */
function machineBlas(): Found {
  blas ??= findBlas(globalThis.process?.platform, loadKoffi);
  return blas;
}

/** `koffi` is an optional dependency and native: it is looked for at run time, in Node only. */
function loadKoffi(): Koffi {
  const module = globalThis.process?.getBuiltinModule?.("node:module");
  if (!module) throw new TypeError("only Node can load native code");
  return module.createRequire(import.meta.url)("koffi");
}

function cores(): number {
  return globalThis.process?.getBuiltinModule?.("node:os").availableParallelism?.() ?? 1;
}

let wasm: FoundWasm | null = null;

/** Compiled once, when first wanted. */
function hostWasm(): FoundWasm {
  wasm ??= findWasm(cores());
  return wasm;
}

let flat: Engine | null = null;

/** What computes all but the products: SIMD kernels where WebAssembly has them, compiled once. */
function besideProducts(): Engine {
  try {
    flat ??= withWindowKernels(withFlatKernels(jsEngine));
  } catch {
    flat = jsEngine; // doctor says why, of the wasm engine
  }
  return flat;
}

/** @throws RangeError for an unknown name, or an engine that this machine does not have, with the reasons */
export function chooseEngine(name: string): Engine {
  if (!engineNames.includes(name as EngineName)) {
    throw new RangeError(`unknown engine "${name}"; expected one of ${engineNames.join(", ")}`);
  }
  if (name === "js") return jsEngine;
  if (name === "blas" || name === "auto") {
    const found = machineBlas();
    if ("library" in found) return blasEngine(found.library, besideProducts(), cores());
    if (name === "blas") {
      throw new RangeError(
        `engine "blas": no BLAS was found (${found.reasons.join("; ")}). Install OpenBLAS, or choose "auto"`,
      );
    }
  }
  const found = hostWasm();
  if ("product" in found) return wasmEngine(found.product, besideProducts());
  if (name === "auto") return jsEngine;
  throw new RangeError(`engine "wasm": ${found.reasons.join("; ")}. Choose "auto" or "js"`);
}

/** Every engine, and whether it is here. */
export function engineReports(): readonly EngineReport[] {
  const [found, kernels] = [machineBlas(), hostWasm()];
  const untried = "library" in found && !found.library.tried ? ", untried on this kind of machine" : "";
  return [
    { name: "js", available: true, details: ["plain JavaScript, everywhere"] },
    "product" in kernels
      ? { name: "wasm", available: true, details: [kernels.product.description] }
      : { name: "wasm", available: false, details: kernels.reasons },
    "library" in found
      ? { name: "blas", available: true, details: [`${found.library.description}${untried}`] }
      : { name: "blas", available: false, details: found.reasons },
  ];
}
