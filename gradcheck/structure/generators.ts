import { Random } from "../../np/index.ts";
import { walk } from "./walk.ts";

/** All random generators in the fields of a network and its parts, with their saved states. */
export interface Generators {
  /** Restores all saved states, so that the next forward draws the same numbers, such as dropout masks. */
  restart(): void;
  /** Whether any generator has been used since. */
  haveMoved(): boolean;
}

/** Saves the current state of a network's generators. */
export function generatorsOf(network: object): Generators {
  const found = [...walk(network)].flatMap(({ value }) =>
    value instanceof Random ? [{ generator: value, state: value.state }] : [],
  );
  return {
    restart() {
      for (const { generator, state } of found) generator.state = state;
    },
    haveMoved: () => found.some(({ generator, state }) => generator.state.join() !== state.join()),
  };
}
