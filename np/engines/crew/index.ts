import type { Engine } from "../../engine.ts";
import { begin } from "../js/memory.ts";
import { mostParts } from "./control.ts";
import { Crew, type CrewOptions } from "./crew.ts";
import { partitions, type SharedName } from "./partition.ts";

export type { CrewOptions, CrewWorkerData } from "./crew.ts";
export type { ComputeLocally } from "./encode-task.ts";

/**
 * The engine with its large tasks divided into parts, which this thread and its helpers take in turn. Helpers that are late, or never
 * start, leave more parts to this thread. Which thread computes a part changes no bit of the result.
 */
export function withCrew(engine: Engine, options: CrewOptions): Engine {
  const crew = new Crew(options);
  const { worthSharing = 50_000, worthMultiplying = 500_000 } = options;
  const shared = <K extends SharedName>(method: K): Engine[K] => {
    const whole = engine[method] as (...args: Parameters<Engine[K]>) => void;
    const { cost } = partitions[method];
    const call = (...args: Parameters<Engine[K]>): void => {
      if (cost(...args) < worthSharing || !crew.share(method, args)) whole.apply(crewed, args);
    };
    return call as Engine[K];
  };
  const names = Object.keys(partitions) as SharedName[];
  const methods = Object.fromEntries(names.map((name) => [name, shared(name)])) as Pick<Engine, SharedName>;
  const crewed: Engine = {
    ...engine,
    ...methods,
    gemm(m, n, k, a, b, c, add = false) {
      const products = m * n * k;
      const worth = products > 0 && products >= worthMultiplying;
      // After a failure everything is computed again from c's initial value. A row can be written
      // again, but c's own contents are lost, so only this thread adds to them.
      const shares = worth && add !== true;
      if (shares && add) begin(c, add);
      if (!shares || !crew.multiply(m, n, k, a, b, c, add !== false)) engine.gemm(m, n, k, a, b, c, add);
    },
    convolve(into, sizes, x, w, y) {
      const parts = Math.min(options.helpers + 1, sizes.samples, mostParts);
      if (into !== "w" || parts < 2 || partitions.convolve.cost(into, sizes, x, w, y) < worthSharing)
        return methods.convolve.call(crewed, into, sizes, x, w, y);
      // A sum over samples: each part adds up its own, and the sums are added in a fixed order.
      const sums = new (w.constructor as Float64ArrayConstructor)(parts * w.length);
      if (!crew.share("convolve", [into, sizes, x, sums, y], parts))
        return engine.convolve.call(crewed, into, sizes, x, w, y);
      w.set(sums.subarray(0, w.length));
      for (let at = w.length; at < sums.length; at += w.length)
        engine.addInPlace(w, sums.subarray(at, at + w.length), 1);
    },
  };
  return crewed;
}
