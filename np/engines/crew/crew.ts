import type { TypedArray } from "../../dtype.ts";
import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import { Control, mostParts } from "./control.ts";
import { cuts, type Part, type SharedName } from "./cuts.ts";
import { pack } from "./parcel.ts";
import { addressIn, type Product, partOf, tilesOf, write } from "./product.ts";

/** Whether it went well. What did not is computed again as a whole, and says there what is wrong. */
export function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** One call of an engine's method, as it is sent. */
export interface Task {
  readonly number: number;
  readonly method: SharedName;
  readonly parts: number;
  readonly parcel: readonly unknown[];
}

/** Where tasks are sent. */
interface Port {
  postMessage(task: Task): void;
}

/** What a helper is given when it starts. */
export interface Place {
  readonly memory: SharedArrayBuffer;
  /** A `MessagePort`, to be transferred. */
  readonly tasks: object;
}

/** What a crew stands on. */
export interface Means {
  /** Computes on one thread. */
  readonly alone: Engine;
  readonly helpers: number;
  /** The product, on one thread. */
  multiply(product: Product): void;
  addressOf(memory: TypedArray): bigint;
  /** From so many elements of an addition on, handing a part to another thread pays. Default 100,000. */
  readonly worthSharing?: number;
  /** The same for a product, in multiplications. Default 500,000. */
  readonly worthMultiplying?: number;
  /** Starts a thread that serves from this place. @throws where there can be none */
  start(place: Place): void;
}

/** This thread and its helpers, who compute one task after another together. */
export class Crew {
  readonly #means: Means;
  readonly #control = new Control();
  #ports: readonly Port[] | null = null;
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
    const { units, part } = cuts[method];
    const count = units(...args);
    const parts = Math.min(most, count, mostParts);
    if (parts < 2) return false;
    const { alone, addressOf } = this.#means;
    const compute = alone[method] as (...args: Parameters<Engine[K]>) => void;
    return this.#together(parts, count, args, {
      announce: (number) => {
        const task: Task = { number, method, parts, parcel: pack(args, addressOf) };
        for (const port of this.#ports ?? []) port.postMessage(task);
        this.#control.announce(number, 0);
      },
      compute: (taken) => compute.apply(alone, part(taken, args)),
    });
  }

  /** The same for a product, by numbers instead of a message: many take less time than one. */
  multiply(m: number, n: number, k: number, a: Matrix, b: Matrix, c: FloatArray): boolean {
    const { addressOf, multiply, helpers } = this.#means;
    const product: Product = {
      float64: c instanceof Float64Array,
      m,
      n,
      k,
      a: addressIn(a, addressOf(a.data)),
      lda: a.ld,
      transA: a.transposed,
      b: addressIn(b, addressOf(b.data)),
      ldb: b.ld,
      transB: b.transposed,
      c: Number(addressOf(c)),
      ldc: n,
    };
    const tiles = tilesOf(product);
    const parts = Math.min(helpers + 1, tiles, mostParts);
    if (parts < 2) return false;
    return this.#together(parts, tiles, [a, b, c], {
      announce: (number) => {
        write(this.#control.product, product);
        this.#control.announce(number, parts);
      },
      compute: (taken) => multiply(partOf(product, taken)),
    });
  }

  #together(
    parts: number,
    units: number,
    held: unknown,
    { announce, compute }: { announce(task: number): void; compute(part: Part): void },
  ): boolean {
    const control = this.#control;
    this.#ports ??= this.#gather();
    this.#held.push(held);
    const number = control.open();
    if (control.ready > 0) announce(number);
    for (let part = control.take(number, parts, units); part; part = control.take(number, parts, units)) {
      const taken = part;
      control.finish(attempt(() => compute(taken)));
    }
    const done = control.join(parts);
    this.#held.pop();
    return done;
  }

  /** Starts the helpers, which takes them some 50 ms. */
  #gather(): readonly Port[] {
    const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
    const ports: Port[] = [];
    try {
      while (threads && ports.length < this.#means.helpers) {
        const { port1, port2 } = new threads.MessageChannel();
        port1.unref();
        this.#means.start({ memory: this.#control.memory, tasks: port2 });
        ports.push(port1);
      }
    } catch {
      // no more threads are to be had: this one does their parts
    }
    return ports;
  }
}
