/**
 * Ranks without MPI, for tests of training alone: each rank is a worker thread, and they meet in
 * shared memory.
 *
 * @example
 * // programs/double.ts: export default async (ranks: Ranks, data: number) => { … return result; };
 * const results = await onThreads(4, new URL("./programs/double.js", import.meta.url), 7);
 */
import { Worker } from "node:worker_threads";
import type { Ranks } from "chalk-and-tape/distributed";

/** What a program exports as its default; what it returns must be cloneable. */
export type Program<Data, Result> = (ranks: Ranks, data: Data) => Result | Promise<Result>;

/** The memory that the ranks share. */
export interface Meeting {
  readonly size: number;
  /** How many ranks have arrived, and how often all have met. */
  readonly control: SharedArrayBuffer;
  /** For each rank, `places` numbers. */
  readonly numbers: SharedArrayBuffer;
}

/** A rank's share of the meeting's memory, in numbers; longer messages go in pieces. */
const places = 4096;

/**
 * Runs a program in `size` threads, and returns what each returned, by rank.
 * @throws what the first rank to fail threw, or an Error after `limit` seconds; the others are stopped
 */
export async function onThreads<Data, Result>(
  size: number,
  program: URL,
  data: Data,
  limit = 30,
): Promise<Result[]> {
  const bytes = Float64Array.BYTES_PER_ELEMENT * places * size;
  const meeting: Meeting = {
    size,
    control: new SharedArrayBuffer(8),
    numbers: new SharedArrayBuffer(bytes),
  };
  const workers = Array.from(
    { length: size },
    (_, rank) =>
      new Worker(new URL("./thread-rank.js", import.meta.url), {
        workerData: { program: program.href, meeting, rank, data },
        env: { ...process.env, CHALK_THREADS: "1" },
      }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the ranks did not end within ${limit} seconds`)),
      1000 * limit,
    );
  });
  try {
    return await Promise.race([Promise.all(workers.map((worker) => resultOf<Result>(worker))), late]);
  } finally {
    clearTimeout(timer);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function resultOf<Result>(worker: Worker): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.on("message", resolve).on("error", reject);
    worker.on("exit", () => reject(new Error("a rank ended without a result")));
  });
}

/** One thread's view of the ranks. */
export class ThreadRanks implements Ranks {
  readonly rank: number;
  readonly size: number;
  /** How many sums and broadcasts there were. */
  calls = 0;
  readonly #control: Int32Array;
  readonly #numbers: Float64Array[];

  constructor({ size, control, numbers }: Meeting, rank: number) {
    this.rank = rank;
    this.size = size;
    this.#control = new Int32Array(control);
    const bytes = Float64Array.BYTES_PER_ELEMENT * places;
    this.#numbers = Array.from({ length: size }, (_, r) => new Float64Array(numbers, r * bytes, places));
  }

  /** Adds in the order of the ranks, so that all get the same bits. */
  sum(numbers: Float64Array | Float32Array): void {
    const round = numbers instanceof Float32Array ? Math.fround : (x: number) => x;
    this.#meet(numbers.length);
    for (let at = 0; at < numbers.length; at += places) {
      const piece = numbers.subarray(at, at + places);
      this.#numbers[this.rank]?.set(piece);
      this.#wait();
      for (let i = 0; i < piece.length; i++)
        piece[i] = this.#numbers.map((of) => of[i] ?? 0).reduce((sum, x) => round(sum + x));
      this.#wait();
    }
  }

  broadcast(contents: Float64Array | Float32Array | Uint8Array): void {
    this.#meet(contents.byteLength);
    const bytes = new Uint8Array(contents.buffer, contents.byteOffset, contents.byteLength);
    const first = this.#numbers[0] as Float64Array;
    const from = new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
    for (let at = 0; at < bytes.length; at += from.length) {
      const piece = bytes.subarray(at, at + from.length);
      if (this.rank === 0) from.set(piece);
      this.#wait();
      if (this.rank !== 0) piece.set(from.subarray(0, piece.length));
      this.#wait();
    }
  }

  /** All must bring as much; MPI would not say so. */
  #meet(amount: number): void {
    this.calls++;
    (this.#numbers[this.rank] as Float64Array)[0] = amount;
    this.#wait();
    const all = this.#numbers.map((of) => of[0]);
    this.#wait();
    if (all.some((one) => one !== amount))
      throw new RangeError(`rank ${this.rank}: the ranks brought ${all.join(", ")} numbers or bytes`);
  }

  /** Returns when all have called it. */
  #wait(): void {
    const [arrived, met] = [0, 1];
    const before = Atomics.load(this.#control, met);
    if (Atomics.add(this.#control, arrived, 1) === this.size - 1) {
      Atomics.store(this.#control, arrived, 0);
      Atomics.add(this.#control, met, 1);
      Atomics.notify(this.#control, met);
    } else {
      // a late notice of the meeting before may wake it too early
      while (Atomics.load(this.#control, met) === before) Atomics.wait(this.#control, met, before);
    }
  }
}
