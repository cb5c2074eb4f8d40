import type { TypedArray } from "../../dtype.ts";
import type { Updates } from "../../update-signatures.ts";
import { penaltyOf, shrinkOf } from "../js/updates/decay.ts";
import { type FlatKernels, type FlatMemory, pieces, worthCopying } from "./flat-memory.ts";

/**
 * The updates of Adam and of SGD with momentum, in one SIMD pass. Amsgrad, small arrays and all
 * other optimizers are left to the base engine.
 */
export function flatUpdates(memory: FlatMemory, base: Updates<TypedArray>): Updates<TypedArray> {
  return {
    ...base,
    adam(p, g, state, step) {
      const { m, v, vMax } = state;
      const kernels = step.amsgrad || vMax ? null : kernelsFor(memory, p, g, m, v);
      if (!kernels) return base.adam(p, g, state, step);
      const { lr, eps, t, betas } = step;
      const [beta1, beta2] = betas;
      const decay = [shrinkOf(step), penaltyOf(step)] as const;
      const averages = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
      const scale = [lr / (1 - beta1 ** t), Math.sqrt(1 - beta2 ** t), eps] as const;
      inPlace(memory, [p, g, m, v], (n, ...at) => kernels.adam(n, ...at, ...decay, ...averages, ...scale));
    },
    sgd(p, g, state, step) {
      const { velocity } = state;
      const kernels = velocity && kernelsFor(memory, p, g, velocity);
      if (!velocity || !kernels) return base.sgd(p, g, state, step);
      const { lr, momentum: mu, dampening, nesterov, first = false } = step;
      inPlace(memory, [p, g, velocity], (n, at, slope, v) =>
        kernels.momentum(n, at, slope, v, lr, penaltyOf(step), mu, 1 - dampening, nesterov, first),
      );
    },
  };
}

/** The kernels for these arrays; null if the arrays are small, not floats, or differ in dtype. */
function kernelsFor(memory: FlatMemory, p: TypedArray, ...others: readonly TypedArray[]): FlatKernels | null {
  if (p.length < worthCopying || others.some((x) => x.constructor !== p.constructor)) return null;
  return memory.kernelsFor(p);
}

type Four = [p: number, g: number, m: number, v: number];

/**
 * Copies pieces of the arrays in, runs the kernel, and copies all of them out again but the second,
 * the gradient.
 */
function inPlace(
  memory: FlatMemory,
  arrays: readonly TypedArray[],
  run: (n: number, ...at: Four) => void,
): void {
  const at = [0, 1, 2, 3].map((area) => memory.at(area)) as Four;
  pieces((arrays[0] as TypedArray).length, (start, n) => {
    for (const [area, x] of arrays.entries()) memory.put(area, x, start, n);
    run(n, ...at);
    for (const [area, x] of arrays.entries()) if (area !== 1) memory.take(area, x, start, n);
  });
}
