import { type Found, type Memory, type Named, PlantedLayer, type Rule } from "../../../homework/internal.ts";
import type { NDArray, Random } from "../../../np/index.ts";

/** One wrong layer: a right rule, and what is done to its backward. */
export interface Variant {
  /** `tanh: dx is twice the right one` */
  readonly what: string;
  readonly layer: (random: Random) => PlantedLayer;
}

/** Bugs of one kind. What catches one variant catches them all, so a student may get any of them. */
export interface Stratum {
  /** kebab-case, unique. */
  readonly id: string;
  readonly variants: readonly Variant[];
}

/** A wrong backward, from the right rule. It may remember earlier calls: it is made anew for each layer. */
export type Bug = (right: Rule) => (dy: NDArray, x: NDArray, p: Named) => Found;

/** The same bug in several layers. */
export function stratum(
  id: string,
  cases: readonly (readonly [what: string, rule: (random: Random) => Rule, bug: Bug])[],
  memory: Memory = {},
): Stratum {
  const variants = cases.map(
    ([what, rule, bug]): Variant => ({
      what,
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
