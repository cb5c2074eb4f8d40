import type { Engine } from "../engine.ts";
import {
  type Addresses,
  type BlasLibrary,
  blasEngine,
  type Found,
  findBlas,
  type Koffi,
  multiplyAt,
} from "./blas/index.ts";
import { collectOnThisThread } from "./collector.ts";
import { type Means, type Place, withCrew } from "./crew/index.ts";
import type { Product } from "./crew/product.ts";
import { jsEngine } from "./js/index.ts";
import { threadsWanted } from "./threads.ts";
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
function loadKoffi(): Koffi & Addresses {
  const module = globalThis.process?.getBuiltinModule?.("node:module");
  if (!module) throw new TypeError("only Node can load native code");
  return module.createRequire(import.meta.url)("koffi");
}

/** What a crew of this machine's BLAS stands on; null where there is no BLAS, no other core, or no threads. */
export function blasMeans(): Means | null {
  const found = machineBlas();
  const helpers = threadsWanted() - 1;
  const workers = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  if (!("library" in found) || helpers < 1 || !workers) return null;
  const start = (place: Place): void => {
    const code = new URL("./blas/serve.js", import.meta.url);
    const worker = new workers.Worker(code, {
      workerData: place,
      transferList: [place.tasks as never],
      execArgv: [],
    });
    worker.on("error", () => undefined); // one that cannot start is never ready: the others go on without it
    worker.unref();
  };
  const { library } = found;
  return {
    alone: blasEngine(library, besideProducts()),
    helpers,
    addressOf: loadKoffi().address,
    multiply: (product) => multiplyAt(library, product),
    start,
  };
}

let onAllCores: Engine | null = null;

/** The machine's BLAS, on one thread, and a crew that shares its work out. */
function machineEngine(library: BlasLibrary): Engine {
  if (onAllCores) return onAllCores;
  const means = blasMeans();
  if (means) collectOnThisThread();
  const engine = blasEngine(library, besideProducts());
  onAllCores = means ? withCrew(engine, means) : engine;
  return onAllCores;
}

/** What a helper of the crew computes with. @throws TypeError where there is no BLAS */
export function helpersMeans(): Pick<Means, "alone" | "multiply"> & Addresses {
  const found = machineBlas();
  if (!("library" in found)) throw new TypeError(found.reasons.join("; "));
  const { library } = found;
  const { address, view } = loadKoffi();
  const multiply = (product: Product): void => multiplyAt(library, product);
  return { alone: blasEngine(library, besideProducts()), multiply, address, view };
}

let wasm: FoundWasm | null = null;

/** Compiled once, when first wanted. */
function hostWasm(): FoundWasm {
  wasm ??= findWasm(threadsWanted());
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
    if ("library" in found) return machineEngine(found.library);
    if (name === "blas") {
      throw new RangeError(
        `engine "blas": no BLAS was found (${found.reasons.join("; ")}). Install OpenBLAS, or choose "auto"`,
      );
    }
  }
  const found = hostWasm();
  if ("product" in found) {
    if (threadsWanted() > 1) collectOnThisThread();
    return wasmEngine(found.product, besideProducts());
  }
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
      ? {
          name: "blas",
          available: true,
          details: [`${found.library.description}, ${amount(threadsWanted())}${untried}`],
        }
      : { name: "blas", available: false, details: found.reasons },
  ];
}

function amount(threads: number): string {
  return threads === 1 ? "one thread" : `${threads} threads`;
}
