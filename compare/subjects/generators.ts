import { Module } from "../../autograd/index.ts";
import { fields } from "../../contracts/internal.ts";
import { Layer } from "../../manual/index.ts";
import { Random } from "../../np/index.ts";

/** A network of either side, or a part of one. */
export type LayerOrModule = Layer<readonly unknown[], unknown> | Module<readonly unknown[]>;

/** All generators of random numbers that a network holds in its fields and in those of its parts, and where they stood. */
export interface Generators {
  /** Sets all back to where they stood, so that the next forward draws the same numbers, the masks of dropout among them. */
  restart(): void;
  /** Whether any was drawn from since. */
  haveMoved(): boolean;
}

/** What `fields` of either side walks into. */
export function isLayerOrModule(value: unknown): value is LayerOrModule {
  return value instanceof Layer || value instanceof Module;
}

/** The generators of either side's network, as they stand now. */
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
