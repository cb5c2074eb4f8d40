import type { TypedArray } from "../../dtype.ts";
import type { Engine, FloatArray, Matrix } from "../../engine.ts";
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

/** Whether it went well. What did not is computed again as a whole, and says there what is wrong. */
export function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** What a helper is given when it starts. */
export interface CrewWorkerData {
  readonly memory: SharedArrayBuffer;
}

/** What a crew stands on. */
export interface CrewOptions extends ComputeLocally {
  readonly helpers: number;
  addressOf(memory: TypedArray): bigint;
  /** From so many elements of an addition on, handing a part to another thread pays. Default 50,000. */
  readonly worthSharing?: number;
  /** The same for a product, in multiplications. Default 500,000. */
  readonly worthMultiplying?: number;
  /** Starts a thread that serves from this workerData. @throws where there can be none */
  start(workerData: CrewWorkerData): void;
}

/**
 * One task by this thread and those that serve at the same control: `write` says them what it is, unless they would not understand, `work` is what
 * this thread does of it. False where a part failed, and all is still to be done.
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

/** This thread and its helpers, who compute one task after another together. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #control = new Control();
  #helpersStarted = false;
  /** What helpers read and write by address: it must not be collected before they are done. */
  readonly #keepAlive: unknown[] = [];

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Computes in parts; false where there is but one, or a part failed, and all is still to be done. */
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

  /** The same for a product; with `add` c must be made what it was, too, where a part failed. */
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

  /** Starts the helpers, which takes them some 50 ms. */
  #startHelpers(): void {
    this.#helpersStarted = true;
    const { helpers, start } = this.#options;
    try {
      for (let i = 0; i < helpers; i++) start({ memory: this.#control.memory });
    } catch {
      // no more threads are to be had: this one does their parts
    }
  }
}
