/** What weight decay as a penalty adds to g: λp. */
interface Penalty {
  readonly lr: number;
  readonly weightDecay: number;
}
interface AdamNumbers extends Penalty {
  readonly betas: readonly [number, number];
  readonly eps: number;
  readonly amsgrad: boolean;
  /** The number of this step, from 1. */
  readonly t: number;
}

/**
 * Every optimizer's one-pass update: the arrays of its state, which are changed in place, and the numbers of one step. The formulas
 * stand in `manual/optimizers`.
 */
export interface UpdateSignatures<A> {
  sgd: [
    /** Null without momentum. */
    state: { readonly velocity: A | null },
    step: Penalty & {
      readonly momentum: number;
      readonly dampening: number;
      readonly nesterov: boolean;
      /** The first step fills the velocity with the gradient itself. */
      readonly first: boolean;
    },
  ];
  adam: [state: { readonly m: A; readonly v: A; readonly vMax: A | null }, step: AdamNumbers];
  /** Adam, whose weight decay shrinks p and leaves g alone. */
  adamW: [state: { readonly m: A; readonly v: A; readonly vMax: A | null }, step: AdamNumbers];
}
export type UpdateName = keyof UpdateSignatures<unknown>;

/** A kernel for each: of the parameter's values, its slope g, and the rest. */
export type Updates<A> = {
  readonly [K in UpdateName]: (p: A, g: A, ...rest: UpdateSignatures<A>[K]) => void;
};
