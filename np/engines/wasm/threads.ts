import type { Kernels, LoadedModule } from "./module.ts";

/** A product as it lies in memory: addresses in bytes, strides in elements. */
export interface Job {
  readonly float64: boolean;
  readonly a: number;
  readonly aRow: number;
  readonly aColumn: number;
  readonly b: number;
  readonly bRow: number;
  readonly bColumn: number;
  readonly c: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Whether the product is added to what c holds. */
  readonly add: boolean;
}

/** The first bytes of the memory hold 32-bit words: the number of the job, how many helpers are done, how many are ready, the job. */
const word = { job: 0, done: 1, ready: 2, start: 4 } as const;
export const controlBytes = 256;

/** What a helper thread is given. */
interface Place {
  readonly module: object;
  readonly memory: { readonly buffer: SharedArrayBuffer };
  readonly index: number;
  readonly threads: number;
  readonly scratch: number;
}
type Share = typeof runShare;

/** Multiplies one of `threads` equal parts of c: of its rows or its columns, whichever are more. Knows only its arguments. */
function runShare(kernels: Kernels, job: Job, index: number, threads: number, scratch: number): void {
  const { a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add } = job;
  const run = job.float64 ? kernels.gemmFloat64 : kernels.gemmFloat32;
  const byRows = m > n;
  const [length, tile] = byRows ? [m, 4] : [n, 8];
  const each = Math.ceil(length / tile / threads) * tile;
  const [from, to] = [Math.min(length, index * each), Math.min(length, (index + 1) * each)];
  if (byRows) run(a, aRow, aColumn, b, bRow, bColumn, c, n, from, to, 0, n, k, add, scratch);
  else run(a, aRow, aColumn, b, bRow, bColumn, c, n, 0, m, from, to, k, add, scratch);
}

/**
 * Runs in a helper thread, from its text, so it knows only its arguments: waits for a job, does its share, says that it is done. Being
 * woken takes longer than many a product, so it watches for the next job for a while before it sleeps.
 */
function serve({ module, memory, index, threads, scratch }: Place, share: Share): void {
  const { WebAssembly: host } = globalThis as unknown as {
    WebAssembly: { Instance: new (module: object, imports: object) => { readonly exports: Kernels } };
  };
  const { exports: kernels } = new host.Instance(module, { env: { memory } });
  const control = new Int32Array(memory.buffer, 0, 64);
  let seen = 0;
  Atomics.add(control, 2, 1); // word.ready
  for (;;) {
    for (let i = 0; i < 20_000 && Atomics.load(control, 0) === seen; i++);
    Atomics.wait(control, 0, seen); // word.job
    seen = Atomics.load(control, 0);
    const [float64, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add] = [...control.subarray(4, 16)] as [
      number, number, number, number, number, number, number, number, number, number, number, number,
    ]; // biome-ignore format: the words of a job
    share(
      kernels,
      { float64: float64 === 1, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add: add === 1 },
      index,
      threads,
      scratch,
    );
    Atomics.add(control, 1, 1); // word.done
  }
}

/** Products shared out among the threads of this machine; by this thread alone where the memory cannot be shared. */
export class Threads {
  readonly count: number;
  readonly #loaded: LoadedModule;
  readonly #control: Int32Array;
  readonly #scratchBytes: number;
  #started = false;

  constructor(loaded: LoadedModule, count: number) {
    this.count = loaded.shared ? count : 1;
    this.#loaded = loaded;
    this.#control = new Int32Array(loaded.memory.buffer, 0, controlBytes / 4);
    this.#scratchBytes = loaded.kernels.scratchBytes();
  }

  /** Where memory is free: behind the control words and every thread's scratch. */
  get end(): number {
    return this.#scratchOf(this.count);
  }
  #scratchOf(index: number): number {
    return controlBytes + index * this.#scratchBytes;
  }

  /** The whole product, by this thread; `worthSharing` by all, from the moment on at which they are there. */
  run(job: Job, worthSharing: boolean): void {
    const { kernels } = this.#loaded;
    const helpers = this.count - 1;
    if (worthSharing && helpers > 0 && !this.#started) this.#start();
    if (!worthSharing || helpers === 0 || Atomics.load(this.#control, word.ready) < helpers) {
      runShare(kernels, job, 0, 1, this.#scratchOf(0));
      return;
    }
    const { float64, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add } = job;
    const numbers = [Number(float64), a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, Number(add)];
    this.#control.set(numbers, word.start);
    Atomics.store(this.#control, word.done, 0);
    Atomics.add(this.#control, word.job, 1);
    Atomics.notify(this.#control, word.job);
    runShare(kernels, job, 0, this.count, this.#scratchOf(0));
    while (Atomics.load(this.#control, word.done) < helpers); // they began when this thread did: soon
  }

  /** Threads that never keep a process alive. Until they are ready, which takes some 30 ms, this one works alone. */
  #start(): void {
    this.#started = true;
    const workers = globalThis.process?.getBuiltinModule?.("node:worker_threads");
    if (!workers) return;
    const code = `(${serve})(process.getBuiltinModule("node:worker_threads").workerData, ${runShare})`;
    for (let index = 1; index < this.count; index++) {
      const { module, memory } = this.#loaded;
      const workerData = { module, memory, index, threads: this.count, scratch: this.#scratchOf(index) };
      const worker = new workers.Worker(code, { eval: true, execArgv: [], workerData });
      worker.on("error", () => undefined); // a helper that cannot start is never ready: this thread goes on alone
      worker.unref();
    }
  }
}
