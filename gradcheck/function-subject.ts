import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import type { Subject } from "./subject.ts";

/**
 * Any function of arrays with its backward. backward maps dy = ∂L/∂y to ∂L/∂input for each input,
 * null for a constant one.
 */
export interface ForwardBackward {
  forward(...inputs: readonly NDArray[]): NDArray;
  backward(dy: NDArray, ...inputs: readonly NDArray[]): readonly (NDArray | null)[];
}

/** Turns a function and its backward into a subject; gradients have the inputs' names. */
export function subjectOf({ forward, backward }: ForwardBackward, names: readonly string[]): Subject {
  return {
    parameters: new Map(),
    forward,
    gradients(dy, ...inputs) {
      const y = forward(...inputs);
      const all = backward(dy ?? y.mul(0).add(1), ...inputs);
      if (!Array.isArray(all) || all.length !== inputs.length) {
        const returned = Array.isArray(all) ? `${all.length} gradients` : "no list";
        throw new RangeError(
          `gradcheck: backward returned ${returned} for ${inputs.length} inputs; return one for each, null for a constant one`,
        );
      }
      const gradients = new Map(
        all.flatMap((g, i): [string, NDArray][] => {
          if (g === null) return [];
          const [name, dtype] = [names[i] as string, inputs[i]?.dtype];
          if (dtype === "float64") return [[name, copyOf(g)]];
          throw new TypeError(
            `gradcheck: ${name} is ${dtype}; checks need float64: x.astype("float64"), or return null for a constant`,
          );
        }),
      );
      return { y, gradients };
    },
  };
}

/** Copies a gradient, because backward may write into the same memory every time. */
function copyOf(gradient: unknown): NDArray {
  if (gradient instanceof NDArray) return gradient.copy();
  throw new TypeError(
    `gradcheck: backward returned a list with ${describe(gradient)} in it; return NDArrays, and null for a constant input`,
  );
}
