import type { Engine } from "../../engine.ts";
import { type ComputeLocally, type CrewOptions, type CrewWorkerData, withCrew } from "../crew/index.ts";
import { simdKernels, whyPlainKernels } from "../simd-kernels.ts";
import { threadsWanted } from "../threads.ts";
import { setV8Flags } from "../v8-flags.ts";
import { keepFreedMemory } from "./allocator.ts";
import {
  type Addresses,
  type BlasLibrary,
  blasEngine,
  type Found,
  findBlas,
  type Koffi,
  multiplyAt,
  tile,
} from "./index.ts";
import { forOneThread, whyNoRoom } from "./loading.ts";

let blas: Found | null = null;

/** Searched for once, on first use. */
export function machineBlas(): Found {
  if (blas) return blas;
  const noRoom = whyNoRoom();
  blas = noRoom
    ? { summary: noRoom, reasons: [noRoom] }
    : forOneThread(() => findBlas(globalThis.process?.platform, loadKoffi));
  return blas;
}

/** `koffi` is an optional, native dependency, so it is loaded at run time, in Node only. */
function loadKoffi(): Koffi & Addresses {
  const module = globalThis.process?.getBuiltinModule?.("node:module");
  if (!module) throw new TypeError("only Node can load native code");
  return module.createRequire(import.meta.url)("koffi");
}

/** What a helper starts with. */
export interface BlasWorkerData extends CrewWorkerData {
  /** Whether the main thread's kernels are plain JavaScript. */
  readonly plain: boolean;
}

/**
 * The options of a crew that uses this machine's BLAS; null without a BLAS, a second core, or
 * threads.
 */
export function blasCrewOptions(): CrewOptions | null {
  const found = machineBlas();
  const helpers = threadsWanted() - 1;
  const workers = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  if (!("library" in found) || helpers < 1 || !workers) return null;
  const start = (task: CrewWorkerData): void => {
    const code = new URL("./serve.js", import.meta.url);
    const workerData: BlasWorkerData = { ...task, plain: whyPlainKernels() !== null };
    const worker = new workers.Worker(code, { workerData, execArgv: [] });
    worker.on("error", () => undefined); // a worker that cannot start is never ready; the others carry on without it
    worker.unref();
  };
  return { ...oneThread(found.library), helpers, addressOf: loadKoffi().address, start };
}

/** How each thread of the crew computes a part. */
function oneThread(library: BlasLibrary): ComputeLocally {
  return {
    alone: blasEngine(library, simdKernels()),
    tile,
    multiply: (product) => multiplyAt(library, product),
  };
}

let onAllCores: Engine | null = null;

/**
 * The machine's BLAS, with a crew that shares the work among several threads where there are any.
 */
export function machineEngine(library: BlasLibrary): Engine {
  if (onAllCores) return onAllCores;
  keepFreedMemory(loadKoffi());
  const options = blasCrewOptions();
  if (options) setV8Flags();
  const engine = blasEngine(library, simdKernels());
  onAllCores = options ? withCrew(engine, options) : engine;
  return onAllCores;
}

/**
 * How a helper of the crew computes. @throws TypeError if there is no BLAS, or the helper's kernels
 * are not the main thread's: then results would depend on which thread computes a part
 */
export function computeOnThisThread(plain: boolean): ComputeLocally & Pick<Addresses, "view"> {
  const found = machineBlas();
  if (!("library" in found)) throw new TypeError(found.reasons.join("; "));
  const why = whyPlainKernels();
  if ((why !== null) !== plain) throw new TypeError(`other kernels than the main thread's: ${why}`);
  return { ...oneThread(found.library), view: loadKoffi().view };
}
