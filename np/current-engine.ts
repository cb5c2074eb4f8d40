import type { Engine } from "./engine.ts";
import { chooseEngine } from "./engines/choose.ts";

let chosen: Engine | null = null;

/** The engine that all arrays compute with: what CHALK_ENGINE names, else the fastest that is found, looked for once. */
export function engine(): Engine {
  chosen ??= chooseEngine(globalThis.process?.env?.CHALK_ENGINE || "auto");
  return chosen;
}

/** From now on this engine computes. @throws RangeError for an unknown name or an engine that is not to be had here */
export function useEngine(engine: string | Engine): Engine {
  chosen = typeof engine === "string" ? chooseEngine(engine) : engine;
  return chosen;
}
