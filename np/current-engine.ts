import type { Engine } from "./engine.ts";
import { chooseEngine, engineWanted } from "./engines/choose.ts";

let chosen: Engine | null = null;

/**
 * The engine that all arrays use: the one that CHALK_ENGINE names, else the fastest one available.
 * It is chosen once, on first use.
 * @throws RangeError for an unknown name or an engine that is not available here
 */
export function engine(): Engine {
  chosen ??= chooseEngine(engineWanted());
  return chosen;
}

/** An engine is an object of functions; the name says which one it is. */
function isEngine(x: unknown): x is Engine {
  return typeof x === "object" && x !== null && "name" in x && "allocate" in x && "convolve" in x;
}

/**
 * Makes all arrays use this engine from now on.
 * @throws RangeError for an unknown name or an engine that is not available here
 */
export function useEngine(engine: string | Engine): Engine {
  if (isEngine(engine)) chosen = engine;
  else chosen = chooseEngine(engine);
  return chosen;
}

/** Runs `f` on the reference engine, and chooses none: for the few small arrays that a module makes while it loads. */
export function onReferenceEngine<T>(f: () => T): T {
  const before = chosen;
  useEngine("js");
  try {
    return f();
  } finally {
    chosen = before;
  }
}
