import { setTimeout } from "node:timers/promises";
import { type NDArray, random, useEngine } from "../../np/index.ts";

/** Rows and columns of the matrices that are multiplied. */
export const size = 512;

/** How often each engine has its turn, and for how many milliseconds at least. */
const [rounds, turn] = [4, 30];

/**
 * Milliseconds of a product of two 512 × 512 matrices in float32 by each engine: the shortest of all, since other
 * programs only lengthen a time. Null for an engine that cannot compute it here. Engines take turns, so that a busy
 * moment slows all. The last of them stays the current one.
 */
export async function productMilliseconds(engines: readonly string[]): Promise<Map<string, number | null>> {
  useEngine(engines[0] ?? "js"); // for the matrices; the one that CHALK_ENGINE asks for may be missing
  const rng = random(0);
  const make = (): NDArray => rng.normal(0, 1, [size, size], { dtype: "float32" });
  const [a, b] = [make(), make()];
  const times = new Map<string, number | null>(engines.map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const name of engines) {
      const before = times.get(name) ?? null;
      if (before !== null) times.set(name, measured(name, a, b, before));
      await setTimeout(1); // threads and compilers that have just started get ready
    }
  }
  return times;
}

/** The shorter of `before` and what one turn measures; null without the memory for it. */
function measured(engine: string, a: NDArray, b: NDArray, before: number): number | null {
  try {
    useEngine(engine);
    let shortest = before;
    for (const begin = performance.now(); performance.now() - begin < turn; ) {
      const start = performance.now();
      a.matmul(b);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
  } catch {
    return null;
  }
}
