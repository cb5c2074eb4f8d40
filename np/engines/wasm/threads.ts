import { threadsThatFit } from "../address-space.ts";
import { Control } from "../crew/control.ts";
import { together } from "../crew/crew.ts";
import { encodeProductTask } from "../crew/encode-task.ts";
import { type MatrixProduct, tilesOf } from "../crew/matrix-product.ts";
import type { LoadedModule } from "./module.ts";
import { multiplyPart, tile } from "./multiply-part.ts";

/** What a worker of the wasm engine starts with. */
export interface WasmWorkerData {
  readonly control: SharedArrayBuffer;
  readonly module: object;
  readonly memory: object;
  /** Where the worker's own scratch starts. */
  readonly scratch: number;
}

/**
 * Computes products on the threads of this machine. Each product has two parts per thread, and free
 * threads take the next one, since a thread may wake up late. Without shared memory, this thread
 * computes alone.
 */
export class Threads {
  readonly count: number;
  readonly #loaded: LoadedModule;
  readonly #control: Control | null;
  readonly #scratchBytes: number;
  #started = false;

  constructor(loaded: LoadedModule, count: number) {
    this.count = loaded.shared ? count : 1;
    this.#loaded = loaded;
    this.#control = this.count > 1 ? new Control() : null;
    this.#scratchBytes = loaded.kernels.scratchBytes();
  }

  /** Where free memory starts: after every thread's scratch. */
  get end(): number {
    return this.count * this.#scratchBytes;
  }

  /**
   * Computes the whole product on this thread, or with all threads if `worthSharing`. False if a
   * part failed.
   */
  run(product: MatrixProduct, worthSharing: boolean): boolean {
    const { kernels } = this.#loaded;
    const units = tilesOf(product, tile);
    const control = worthSharing ? this.#control : null;
    if (control && !this.#started) this.#start(control);
    if (!control || control.ready === 0) {
      multiplyPart(kernels, product, { from: 0, to: units }, 0);
      return true;
    }
    const extent = { parts: Math.min(2 * this.count, units), units };
    const write = (numbers: Float64Array): boolean => encodeProductTask(numbers, extent, product);
    return together(control, extent, write, (part) => multiplyPart(kernels, product, part, 0));
  }

  /**
   * Starts threads that never keep a process alive. This one works alone until they are ready,
   * which takes about 30 ms.
   */
  #start({ memory: control }: Control): void {
    this.#started = true;
    const workers = globalThis.process?.getBuiltinModule?.("node:worker_threads");
    if (!workers) return;
    try {
      const helpers = threadsThatFit(this.count - 1);
      for (let index = 1; index <= helpers; index++) {
        const { module, memory } = this.#loaded;
        const workerData: WasmWorkerData = { control, module, memory, scratch: index * this.#scratchBytes };
        const code = new URL("./serve.js", import.meta.url);
        const worker = new workers.Worker(code, { execArgv: [], workerData });
        worker.on("error", () => undefined); // a helper that cannot start is never ready; this thread carries on alone
        worker.unref();
      }
    } catch {
      // no more threads; this one computes their parts
    }
  }
}
