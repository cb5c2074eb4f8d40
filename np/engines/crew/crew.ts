import type { TypedArray } from "../../dtype.ts";
import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { threadsThatFit } from "../address-space.ts";
import { Control, mostParts } from "./control.ts";
import {
  type ComputeLocally,
  type Extent,
  encodeMethodTask,
  encodeProductTask,
  workOfMethod,
} from "./encode-task.ts";
import { addressIn, type MatrixProduct, partOf, tilesOf } from "./matrix-product.ts";
import { partitions, type SharedName, type UnitRange } from "./partition.ts";

/** True on success. A failed task is recomputed in one piece on this thread, where the real error is thrown. */
export function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** What a worker of the crew starts with. */
export interface CrewWorkerData {
  readonly memory: SharedArrayBuffer;
}

/** How many helpers a crew has, how they start, and which tasks are worth sharing. */
export interface CrewOptions extends ComputeLocally {
  readonly helpers: number;
  addressOf(memory: TypedArray): bigint;
  /** The smallest task that is shared, by its cost in elements of an addition. Default 50,000. */
  readonly worthSharing?: number;
  /** The smallest product that is shared, in multiplications. Default 500,000. */
  readonly worthMultiplying?: number;
  /** Starts a worker. @throws if no thread can be started */
  start(workerData: CrewWorkerData): void;
}

/**
 * Computes one task on this thread and on the helpers of the same control. `write` describes the task to them, and returns false if it does
 * not fit; `work` computes one part. False if a part failed: the whole task is then still to be done.
 */
export function together(
  control: Control,
  { parts, units }: Extent,
  write: (numbers: Float64Array) => boolean,
  work: (part: UnitRange) => void,
): boolean {
  const task = control.open();
  if (control.ready > 0 && write(control.numbers)) control.announce(task);
  for (let part = control.take(task, parts, units); part; part = control.take(task, parts, units)) {
    const taken = part;
    control.finish(attempt(() => work(taken)));
  }
  return control.join(parts);
}

/** This thread and its helpers, which compute one task after another together. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #control = new Control();
  #helpersStarted = false;
  /** Arrays that helpers read and write by address: V8 must not collect them before the task is done. */
  readonly #keepAlive: unknown[] = [];

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Computes in parts. False if there is only one part, or a part failed: the whole task is then still to be done. */
  share<K extends SharedName>(
    method: K,
    args: Parameters<Engine[K]>,
    most: number = 2 * (this.#options.helpers + 1),
  ): boolean {
    const { alone, addressOf } = this.#options;
    const units = partitions[method].units(...args);
    const extent = { parts: Math.min(most, units, mostParts), units };
    const write = (numbers: Float64Array): boolean =>
      encodeMethodTask(numbers, extent, method, args, addressOf);
    return extent.parts > 1 && this.#together(extent, args, write, workOfMethod(alone, method, args));
  }

  /** The same for a product. With `add`, after a failure the caller must also restore c. */
  multiply(m: number, n: number, k: number, a: Matrix, b: Matrix, c: FloatArray, add: boolean): boolean {
    const { addressOf, multiply, helpers, tile } = this.#options;
    // biome-ignore format: one matrix a line
    const product: MatrixProduct = {
      float64: c instanceof Float64Array, m, n, k,
      a: addressIn(a, addressOf(a.data)), lda: a.ld, transA: a.transposed,
      b: addressIn(b, addressOf(b.data)), ldb: b.ld, transB: b.transposed,
      c: Number(addressOf(c)), ldc: n, add,
    };
    const units = tilesOf(product, tile);
    const extent = { parts: Math.min(helpers + 1, units, mostParts), units };
    const write = (numbers: Float64Array): boolean => encodeProductTask(numbers, extent, product);
    const work = (part: UnitRange): void => multiply(partOf(product, tile, part));
    return extent.parts > 1 && this.#together(extent, [a, b, c], write, work);
  }

  #together(
    extent: Extent,
    held: unknown,
    write: (numbers: Float64Array) => boolean,
    work: (part: UnitRange) => void,
  ): boolean {
    if (!this.#helpersStarted) this.#startHelpers();
    this.#keepAlive.push(held);
    const done = together(this.#control, extent, write, work);
    this.#keepAlive.pop();
    return done;
  }

  /** Starts the helpers; they are ready after about 50 ms. */
  #startHelpers(): void {
    this.#helpersStarted = true;
    const { helpers, start } = this.#options;
    try {
      const fitting = threadsThatFit(helpers);
      for (let i = 0; i < fitting; i++) start({ memory: this.#control.memory });
    } catch {
      // no more threads; this one computes their parts
    }
  }
}
