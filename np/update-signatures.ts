/** `lr` is η. `weightDecay` is λ of the penalty λp, which is added to g. */
interface Penalised {
  readonly lr: number;
  readonly weightDecay: number;
}
/** `betas` are the decay rates of two running averages; `eps` keeps the denominator away from 0. */
interface Averaged extends Penalised {
  readonly betas: readonly [number, number];
  readonly eps: number;
  /** The number of this step, from 1. */
  readonly t: number;
}
interface Decoupled extends Averaged {
  /** Whether λ shrinks p before the step and leaves g unchanged. */
  readonly decoupledWeightDecay: boolean;
}

/**
 * Every optimizer's one-pass update: its state arrays, which are changed in place, and the numbers
 * of one step. `manual/optimizers` has the formulas. A null array switches that feature off.
 */
export interface UpdateSignatures<A> {
  /** `first`: the velocity starts as the gradient itself; default false. */
  sgd: [
    state: { readonly velocity: A | null },
    step: Penalised & { momentum: number; dampening: number; nesterov: boolean; first?: boolean },
  ];
  adagrad: [state: { readonly sum: A }, step: Penalised & { lrDecay: number; eps: number; t: number }];
  adadelta: [state: { readonly v: A; readonly u: A }, step: Penalised & { rho: number; eps: number }];
  /** `m` is used when centered, `velocity` with momentum. */
  rmsprop: [
    state: { readonly v: A; readonly m: A | null; readonly velocity: A | null },
    step: Penalised & { alpha: number; eps: number; momentum: number },
  ];
  adam: [
    state: { readonly m: A; readonly v: A; readonly vMax: A | null },
    step: Decoupled & { amsgrad: boolean },
  ];
  adamax: [state: { readonly m: A; readonly u: A }, step: Averaged];
  /**
   * `mu` and `muNext` are the momenta of this step and the next; `product` is the product of all so
   * far.
   */
  nadam: [
    state: { readonly m: A; readonly v: A },
    step: Decoupled & { mu: number; muNext: number; product: number },
  ];
  radam: [state: { readonly m: A; readonly v: A }, step: Decoupled];
  rprop: [
    state: { readonly previous: A; readonly size: A },
    step: { readonly etas: readonly [number, number]; readonly stepSizes: readonly [number, number] },
  ];
}
export type UpdateName = keyof UpdateSignatures<unknown>;

/** One kernel per optimizer. It takes the parameter's values, its gradient g, and the rest. */
export type Updates<A> = {
  readonly [K in UpdateName]: (p: A, g: A, ...rest: UpdateSignatures<A>[K]) => void;
};
