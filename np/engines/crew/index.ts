import type { TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";
import { Control, mostParts } from "./control.ts";
import { cuts, type SharedName } from "./cuts.ts";
import { pack } from "./parcel.ts";

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
  /** Before a task: who else has threads must not use them now. */
  begin(): void;
  addressOf(memory: TypedArray): bigint;
  /** From so many elements of an addition on, handing a part to another thread pays. Default 100,000. */
  readonly worthSharing?: number;
  /** Starts a thread that serves from this place. @throws where there can be none */
  start(place: Place): void;
}

/**
 * The engine with its large tasks cut into parts, which this thread and its helpers take one after another; helpers that are late, or never
 * start, leave more to this one. Who computes a part changes no bit of the result.
 */
export function withCrew(engine: Engine, means: Means): Engine {
  const crew = new Crew(means);
  const { worthSharing = 100_000 } = means;
  // Seven arguments by name: most calls are small, and gathering them in an array would cost more than to look at them.
  const shared = <K extends SharedName>(method: K): Engine[K] => {
    type Arguments = Parameters<Engine[K]>;
    type Call<R> = (...args: readonly unknown[]) => R;
    const whole = (engine[method] as Call<void>).bind(engine);
    const cost = cuts[method].cost as Call<number>;
    return ((a: unknown, b: unknown, c: unknown, d: unknown, e: unknown, f: unknown, g: unknown) => {
      if (
        cost(a, b, c, d, e) < worthSharing ||
        !crew.share(method, [a, b, c, d, e, f, g] as unknown as Arguments)
      )
        whole(a, b, c, d, e, f, g);
    }) as Engine[K];
  };
  const names = Object.keys(cuts) as SharedName[];
  const methods = Object.fromEntries(names.map((name) => [name, shared(name)])) as Pick<Engine, SharedName>;
  return {
    ...engine,
    ...methods,
    convolve(into, sizes, x, w, y) {
      const parts = Math.min(means.helpers + 1, sizes.samples, mostParts);
      if (into !== "w" || parts < 2 || cuts.convolve.cost(into, sizes, x, w, y) < worthSharing)
        return methods.convolve.call(engine, into, sizes, x, w, y);
      // A sum over samples: each part adds up its own, and the sums are added in their order, whoever made them.
      const sums = new (w.constructor as Float64ArrayConstructor)(parts * w.length);
      if (!crew.share("convolve", [into, sizes, x, sums, y], parts))
        return engine.convolve(into, sizes, x, w, y);
      w.set(sums.subarray(0, w.length));
      for (let at = w.length; at < sums.length; at += w.length)
        engine.addInPlace(w, sums.subarray(at, at + w.length), 1);
    },
  };
}

class Crew {
  readonly #means: Means;
  readonly #control = new Control();
  #ports: readonly Port[] | null = null;

  constructor(means: Means) {
    this.#means = means;
  }

  /** Computes in parts; false where that does not pay, or a part failed, and all is still to be done. */
  share<K extends SharedName>(
    method: K,
    args: Parameters<Engine[K]>,
    most: number = 2 * (this.#means.helpers + 1),
  ): boolean {
    const { units, part } = cuts[method];
    const count = units(...args);
    const parts = Math.min(most, count, mostParts);
    if (parts < 2) return false;
    const control = this.#control;
    this.#means.begin();
    const number = control.open();
    this.#announce({ number, method, parts }, args);
    const { alone } = this.#means;
    const compute = alone[method] as (...args: Parameters<Engine[K]>) => void;
    for (let taken = control.take(number, parts, count); taken; taken = control.take(number, parts, count)) {
      control.finish(attempt(() => compute.apply(alone, part(taken, args))));
    }
    return control.join(parts);
  }

  #announce(task: Omit<Task, "parcel">, args: readonly unknown[]): void {
    this.#ports ??= this.#gather();
    if (this.#control.ready === 0) return;
    const message: Task = { ...task, parcel: pack(args, this.#means.addressOf) };
    for (const port of this.#ports) port.postMessage(message);
    this.#control.announce(task.number);
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
