import { type Found, type Memory, type Named, PlantedLayer, type Rule } from "../../../homework/internal.ts";
import type { NDArray, Random } from "../../../np/index.ts";

/** One layer: how it is made. */
export interface Variant {
  /** `tanh: dx is twice the right one` */
  readonly what: string;
  readonly layer: (random: Random) => PlantedLayer;
}

/** One wrong layer: a right rule, and what is done to its backward. */
export interface Bugged extends Variant {
  /** The same rule without the bug, with numbers of its own: no forward tells which of the two it is. */
  readonly twin: (random: Random) => PlantedLayer;
}

/** Layers of one kind. What judges one variant rightly judges them all, so a student may get any of them. */
export interface Stratum<V extends Variant = Variant> {
  /** kebab-case, unique. */
  readonly id: string;
  readonly variants: readonly V[];
}

/** A wrong backward, from the right rule. It may remember earlier calls: it is made anew for each layer. */
export type Bug = (right: Rule) => (dy: NDArray, x: NDArray, p: Named) => Found;

/** The same bug in several layers. */
export function stratum(
  id: string,
  cases: readonly (readonly [what: string, rule: (random: Random) => Rule, bug: Bug])[],
  memory: Memory = {},
): Stratum<Bugged> {
  const variants = cases.map(
    ([what, rule, bug]): Bugged => ({
      what,
      twin: (random) => new PlantedLayer(rule(random), memory),
      layer: (random) => {
        const right = rule(random);
        return new PlantedLayer({ ...right, backward: bug(right) }, memory);
      },
    }),
  );
  return { id, variants };
}

/** Only dx is wrong. */
export function wrongDx(change: (right: Found, dy: NDArray, x: NDArray, p: Named) => NDArray): Bug {
  return (right) => (dy, x, p) => {
    const found = right.backward(dy, x, p);
    return { ...found, dx: change(found, dy, x, p) };
  };
}

/** Only the gradient of this parameter is wrong. */
export function wrongGradient(
  name: string,
  change: (gradient: NDArray, dy: NDArray, x: NDArray, p: Named) => NDArray,
): Bug {
  return (right) => (dy, x, p) => {
    const { dx, gradients } = right.backward(dy, x, p);
    return { dx, gradients: { ...gradients, [name]: change(gradients[name] as NDArray, dy, x, p) } };
  };
}
