import type { Engine } from "./engine.ts";
import { chooseEngine } from "./engines/choose.ts";

let chosen: Engine | null = null;

/**
 * The engine that all arrays use: the one that CHALK_ENGINE names, else the fastest one available.
 * It is chosen once, on first use.
 */
export function engine(): Engine {
  chosen ??= chooseEngine(globalThis.process?.env?.CHALK_ENGINE || "auto");
  return chosen;
}

/**
 * Makes all arrays use this engine from now on.
 * @throws RangeError for an unknown name or an engine that is not available here
 */
export function useEngine(engine: string | Engine): Engine {
  chosen = typeof engine === "string" ? chooseEngine(engine) : engine;
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
