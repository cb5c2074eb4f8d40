import type { Engine } from "../engine.ts";
import { machineBlas, machineEngine } from "./blas/machine.ts";
import { jsEngine } from "./js/index.ts";
import { simdKernels } from "./simd-kernels.ts";
import { threadsWanted } from "./threads.ts";
import { setV8Flags } from "./v8-flags.ts";
import { type FoundWasm, findWasm, wasmEngine } from "./wasm/index.ts";

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

let wasm: FoundWasm | null = null;

/** Compiled once, when first wanted. */
function hostWasm(): FoundWasm {
  wasm ??= findWasm(threadsWanted());
  return wasm;
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
    if (threadsWanted() > 1) setV8Flags();
    return wasmEngine(found.product, simdKernels());
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
