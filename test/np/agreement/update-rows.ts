import type { NDArray } from "chalk-and-tape/np";
import type { UpdateName, UpdateSignatures } from "#internal/np";

/** A new state's array, of zeros or of positive numbers. */
type State = (fill?: number) => NDArray;
/** What step t of an optimizer is given; the state lasts. */
interface UpdateRow<K extends UpdateName> {
  readonly state: (zeros: State) => UpdateSignatures<NDArray>[K][0];
  readonly step: (t: number) => UpdateSignatures<NDArray>[K][1];
}
type Rows = { readonly [K in UpdateName]: readonly UpdateRow<K>[] };

const [lr, eps] = [0.01, 1e-8];
const betas = [0.9, 0.99] as const;
const decays = [0, 0.1] as const;

/** Every way through every optimizer's kernel; a missing optimizer does not compile. */
export const updateRows: Rows = {
  sgd: decays.flatMap((weightDecay) =>
    (
      [
        [0, 0, false],
        [0.9, 0, false],
        [0.9, 0.3, false],
        [0.9, 0, true],
      ] as const
    ).map(
      ([momentum, dampening, nesterov]): UpdateRow<"sgd"> => ({
        // biome-ignore format: options
        state: (zeros) => ({ velocity: momentum > 0 ? zeros() : null }),
        step: (t) => ({ lr, weightDecay, momentum, dampening, nesterov, first: t === 1 }),
      }),
    ),
  ),
  adagrad: decays.map((weightDecay) => ({
    state: (zeros) => ({ sum: zeros(0.1) }),
    step: (t) => ({ lr, weightDecay, lrDecay: 0.1, eps, t }),
  })),
  adadelta: decays.map((weightDecay) => ({
    state: (zeros) => ({ v: zeros(), u: zeros() }),
    step: () => ({ lr, weightDecay, rho: 0.9, eps: 1e-6 }),
  })),
  rmsprop: decays.flatMap((weightDecay) =>
    (
      [
        [false, 0],
        [true, 0],
        [false, 0.9],
        [true, 0.9],
      ] as const
    ).map(
      ([centered, momentum]): UpdateRow<"rmsprop"> => ({
        // biome-ignore format: options
        state: (zeros) => ({ v: zeros(), m: centered ? zeros() : null, velocity: momentum > 0 ? zeros() : null }),
        step: () => ({ lr, weightDecay, alpha: 0.99, eps, momentum }),
      }),
    ),
  ),
  adam: decays.flatMap((weightDecay) =>
    (
      [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ] as const
    ).map(
      ([amsgrad, decoupledWeightDecay]): UpdateRow<"adam"> => ({
        // biome-ignore format: options
        state: (zeros) => ({ m: zeros(), v: zeros(), vMax: amsgrad ? zeros() : null }),
        step: (t) => ({ lr, weightDecay, betas, eps, t, amsgrad, decoupledWeightDecay }),
      }),
    ),
  ),
  adamax: decays.map((weightDecay) => ({
    state: (zeros) => ({ m: zeros(), u: zeros() }),
    step: (t) => ({ lr, weightDecay, betas, eps, t }),
  })),
  nadam: decays.flatMap((weightDecay) =>
    [false, true].map(
      (decoupledWeightDecay): UpdateRow<"nadam"> => ({
        state: (zeros) => ({ m: zeros(), v: zeros() }),
        step: (t) => ({ lr, weightDecay, betas, eps, t, decoupledWeightDecay, mu: 0.8, muNext: 0.82, product: 0.8 ** t }), // biome-ignore format: a row
      }),
    ),
  ),
  radam: decays.flatMap((weightDecay) =>
    [false, true].map(
      (decoupledWeightDecay): UpdateRow<"radam"> => ({
        state: (zeros) => ({ m: zeros(), v: zeros() }),
        step: (t) => ({ lr, weightDecay, betas, eps, t: 3 * t, decoupledWeightDecay }),
      }),
    ),
  ),
  rprop: [
    {
      state: (zeros) => ({ previous: zeros(), size: zeros(0.01) }),
      step: () => ({ etas: [0.5, 1.2], stepSizes: [1e-6, 50] }),
    },
  ],
};
