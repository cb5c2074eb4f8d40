import { type BackwardOptions, Tensor, tensor } from "chalk-and-tape/autograd";
import type { ForwardBackward } from "chalk-and-tape/gradcheck";
import { concatenate, type NDArray, zeros } from "chalk-and-tape/np";

export type TensorFunction = (...inputs: Tensor[]) => Tensor;

/** Leaves that own their memory. */
export function leaves(inputs: readonly NDArray[]): Tensor[] {
  return inputs.map((x) => tensor(x, { requiresGrad: true }));
}

/** The gradients of all inputs for one dy, from one fresh recording. */
export function gradients(
  f: TensorFunction,
  inputs: readonly NDArray[],
  dy: NDArray,
  options?: BackwardOptions,
): NDArray[] {
  const xs = leaves(inputs);
  f(...xs).backward(dy, options);
  return xs.map((x, i) => {
    if (x.grad) return x.grad.data;
    throw new Error(`no gradient reached input ${i}`);
  });
}

/** What `gradcheck` checks, from a function of tensors. */
export function tapePair(f: TensorFunction, options?: BackwardOptions): ForwardBackward {
  return {
    forward: (...inputs) => f(...inputs.map((x) => new Tensor(x))).data,
    backward: (dy, ...inputs) => gradients(f, inputs, dy, options),
  };
}

/** The gradients themselves as a function: their own gradient is the second derivative, times u. */
export function secondOrder(f: TensorFunction, u: NDArray): ForwardBackward {
  const flat = (all: readonly Tensor[]): Tensor => concatenate(all.map((g) => g.reshape(-1)));
  return {
    forward: (...inputs) => concatenate(gradients(f, inputs, u).map((g) => g.reshape(-1))),
    backward: (dy, ...inputs) => {
      const xs = leaves(inputs);
      f(...xs).backward(u, { createGraph: true });
      const first = flat(xs.map((x) => x.grad as Tensor));
      for (const x of xs) x.grad = null;
      first.backward(dy);
      return xs.map((x) => (x.grad as Tensor | null)?.data ?? zeros(x.shape));
    },
  };
}
