import { describe } from "../arguments/describe.ts";
import type { Engine } from "../engine.ts";
import { machineBlas, machineEngine } from "./blas/machine.ts";
import { jsEngine } from "./js/index.ts";
import { simdKernels, whyPlainKernels } from "./simd-kernels.ts";
import { threadsWanted } from "./threads.ts";
import { setV8Flags } from "./v8-flags.ts";
import { type FoundWasm, findWasm, NoAddresses, wasmEngine } from "./wasm/index.ts";

/** An engine's name; "auto" is the fastest one that this machine has. */
export type EngineName = "auto" | "js" | "wasm" | "blas";

export const engineNames: readonly EngineName[] = ["auto", "js", "wasm", "blas"];

/** What `doctor` prints about one engine. */
export interface EngineReport {
  readonly name: Exclude<EngineName, "auto">;
  readonly available: boolean;
  /** What it runs on, or why it is not available: one line. */
  readonly summary: string;
  /** One line for each library that was looked for and not found. */
  readonly attempts: readonly string[];
  /** What to install to get it; absent if it is here, or that would not help. */
  readonly missing?: "koffi" | "library";
}

let wasm: FoundWasm | null = null;

/** Compiled once, on first use. */
function hostWasm(): FoundWasm {
  wasm ??= findWasm(threadsWanted());
  return wasm;
}

/** @throws RangeError for an unknown name, or an engine that this machine does not have, with the reasons */
export function chooseEngine(name: string): Engine {
  if (!isEngineName(name)) {
    throw new RangeError(`unknown engine ${describe(name)}; expected one of ${engineNames.join(", ")}`);
  }
  if (name === "js") return jsEngine;
  const engine = fastEngine(name);
  warnOfPlainKernels(engine);
  return engine;
}

/** @throws RangeError for an engine that this machine does not have */
function fastEngine(name: Exclude<EngineName, "js">): Engine {
  if (name === "blas" || name === "auto") {
    const found = machineBlas();
    if ("library" in found) return machineEngine(found.library);
    if (name === "blas") {
      throw new RangeError(
        `engine "blas": ${found.summary}. \`npx chalk-and-tape doctor\` says what to install; or choose "auto"`,
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

let warned = false;

/** Says once which engine took over where WebAssembly could not reserve its address space. */
function warnOfPlainKernels({ name }: Engine): void {
  const why = whyPlainKernels();
  if (warned || !(why instanceof NoAddresses)) return;
  warned = true;
  const taken = name === "js" ? 'engine "js"' : `engine "${name}" with plain JavaScript`;
  globalThis.process?.emitWarning?.(`${why.message}. Until then np computes with ${taken}, more slowly`);
}

/**
 * The engine that CHALK_ENGINE names, "auto" if it is not set. It need not be available here.
 * @throws RangeError for an unknown name
 */
export function engineWanted(): EngineName {
  const name = globalThis.process?.env?.CHALK_ENGINE || "auto";
  if (isEngineName(name)) return name;
  throw new RangeError(`CHALK_ENGINE is "${name}"; expected one of ${engineNames.join(", ")}`);
}

function isEngineName(name: string): name is EngineName {
  return (engineNames as readonly string[]).includes(name);
}

/** Every engine, and whether it is available here. */
export function engineReports(): readonly EngineReport[] {
  const [found, kernels] = [machineBlas(), hostWasm()];
  const untried = "library" in found && !found.library.tried ? ", untested on this kind of machine" : "";
  const plain = whyPlainKernels() ? ", with plain JavaScript for all but matrix products" : "";
  return [
    { name: "js", available: true, summary: "plain JavaScript, everywhere", attempts: [] },
    "product" in kernels
      ? { name: "wasm", available: true, summary: `${kernels.product.description}${plain}`, attempts: [] }
      : { name: "wasm", available: false, summary: kernels.reasons.join("; "), attempts: [] },
    "library" in found
      ? {
          name: "blas",
          available: true,
          summary: `${found.library.description}, ${amount(threadsWanted())}${plain}${untried}`,
          attempts: [],
        }
      : {
          name: "blas",
          available: false,
          summary: found.summary,
          attempts: found.reasons,
          ...(found.missing && { missing: found.missing }),
        },
  ];
}

function amount(threads: number): string {
  return threads === 1 ? "one thread" : `${threads} threads`;
}
