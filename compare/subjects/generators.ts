import { Module } from "../../autograd/index.ts";
import { fields } from "../../contracts/internal.ts";
import { Layer } from "../../manual/index.ts";
import { Random } from "../../np/index.ts";

/** A network of either side, or a part of one. */
export type LayerOrModule = Layer<readonly unknown[], unknown> | Module<readonly unknown[]>;

/** All random generators in the fields of a network and its parts, with their saved states. */
export interface Generators {
  /** Restores all saved states, so that the next forward draws the same numbers, such as dropout masks. */
  restart(): void;
  /** Whether any generator has been used since. */
  haveMoved(): boolean;
}

/** The objects whose fields are searched for generators. */
export function isLayerOrModule(value: unknown): value is LayerOrModule {
  return value instanceof Layer || value instanceof Module;
}

/** Saves the current state of a network's generators. */
export function generatorsOf(network: LayerOrModule): Generators {
  const found = [...fields(network, isLayerOrModule)].flatMap(({ value }) =>
    value instanceof Random ? [{ generator: value, state: value.state }] : [],
  );
  return {
    restart() {
      for (const { generator, state } of found) generator.state = state;
    },
    haveMoved: () => found.some(({ generator, state }) => generator.state.join() !== state.join()),
  };
}
