import type { TypedArray } from "../../dtype.ts";
import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { Control, mostParts } from "./control.ts";
import { type Extent, type Hands, methodWork, writeMethodTask, writeProductTask } from "./encode-task.ts";
import { addressIn, type MatrixProduct, partOf, tilesOf } from "./matrix-product.ts";
import { cuts, type Part, type SharedName } from "./partition.ts";

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
export interface Place {
  readonly memory: SharedArrayBuffer;
}

/** What a crew stands on. */
export interface Means extends Hands {
  readonly helpers: number;
  addressOf(memory: TypedArray): bigint;
  /** From so many elements of an addition on, handing a part to another thread pays. Default 50,000. */
  readonly worthSharing?: number;
  /** The same for a product, in multiplications. Default 500,000. */
  readonly worthMultiplying?: number;
  /** Starts a thread that serves from this place. @throws where there can be none */
  start(place: Place): void;
}

/**
 * One task by this thread and those that serve at the same control: `write` says them what it is, unless they would not understand, `work` is what
 * this thread does of it. False where a part failed, and all is still to be done.
 */
export function together(
  control: Control,
  { parts, units }: Extent,
  write: (numbers: Float64Array) => boolean,
  work: (part: Part) => void,
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
  readonly #means: Means;
  readonly #control = new Control();
  #gathered = false;
  /** What helpers read and write by address: it must not be collected before they are done. */
  readonly #held: unknown[] = [];

  constructor(means: Means) {
    this.#means = means;
  }

  /** Computes in parts; false where there is but one, or a part failed, and all is still to be done. */
  share<K extends SharedName>(
    method: K,
    args: Parameters<Engine[K]>,
    most: number = 2 * (this.#means.helpers + 1),
  ): boolean {
    const { alone, addressOf } = this.#means;
    const units = cuts[method].units(...args);
    const extent = { parts: Math.min(most, units, mostParts), units };
    const write = (numbers: Float64Array): boolean =>
      writeMethodTask(numbers, extent, method, args, addressOf);
    return extent.parts > 1 && this.#together(extent, args, write, methodWork(alone, method, args));
  }

  /** The same for a product; with `add` c must be made what it was, too, where a part failed. */
  multiply(m: number, n: number, k: number, a: Matrix, b: Matrix, c: FloatArray, add: boolean): boolean {
    const { addressOf, multiply, helpers, tile } = this.#means;
    // biome-ignore format: one matrix a line
    const product: MatrixProduct = {
      float64: c instanceof Float64Array, m, n, k,
      a: addressIn(a, addressOf(a.data)), lda: a.ld, transA: a.transposed,
      b: addressIn(b, addressOf(b.data)), ldb: b.ld, transB: b.transposed,
      c: Number(addressOf(c)), ldc: n, add,
    };
    const units = tilesOf(product, tile);
    const extent = { parts: Math.min(helpers + 1, units, mostParts), units };
    const write = (numbers: Float64Array): boolean => writeProductTask(numbers, extent, product);
    const work = (part: Part): void => multiply(partOf(product, tile, part));
    return extent.parts > 1 && this.#together(extent, [a, b, c], write, work);
  }

  #together(
    extent: Extent,
    held: unknown,
    write: (numbers: Float64Array) => boolean,
    work: (part: Part) => void,
  ): boolean {
    if (!this.#gathered) this.#gather();
    this.#held.push(held);
    const done = together(this.#control, extent, write, work);
    this.#held.pop();
    return done;
  }

  /** Starts the helpers, which takes them some 50 ms. */
  #gather(): void {
    this.#gathered = true;
    const { helpers, start } = this.#means;
    try {
      for (let i = 0; i < helpers; i++) start({ memory: this.#control.memory });
    } catch {
      // no more threads are to be had: this one does their parts
    }
  }
}
