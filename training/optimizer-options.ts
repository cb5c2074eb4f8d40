/** What a schedule changes: the numbers that all parameters of a group share. */
export interface Group {
  lr: number;
}

export interface SGDOptions {
  /** Learning rate, ≥ 0; default 1e-3. */
  readonly lr?: number;
  /** μ in 0 … 1; default 0. */
  readonly momentum?: number;
  /** Damps the gradient's share in the velocity; default 0. */
  readonly dampening?: number;
  /** L2 penalty λ, ≥ 0; default 0. */
  readonly weightDecay?: number;
  /** Nesterov's look-ahead; needs momentum > 0 and no dampening; default false. */
  readonly nesterov?: boolean;
}

export interface SGDGroup extends Group {
  momentum: number;
  dampening: number;
  weightDecay: number;
  nesterov: boolean;
}

export interface AdamOptions {
  /** Learning rate, ≥ 0; default 1e-3. */
  readonly lr?: number;
  /** Decay of the two averages, each in [0, 1); default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the second average; default 1e-8. */
  readonly eps?: number;
  /** L2 penalty λ, ≥ 0; default 0. */
  readonly weightDecay?: number;
}

export interface AdamGroup extends Group {
  betas: readonly [number, number];
  eps: number;
  weightDecay: number;
}

function expect(where: string, name: string, value: number, ok: boolean, expected: string): void {
  if (!ok) throw new RangeError(`${where}: ${name} is ${value}, expected ${expected}`);
}

/** SGD's numbers with PyTorch's defaults. @throws RangeError for a value outside its range */
export function sgdGroup(options: SGDOptions): SGDGroup {
  const { lr = 1e-3, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = options;
  expect("SGD", "lr", lr, lr >= 0, "a number >= 0");
  expect("SGD", "momentum", momentum, momentum >= 0, "a number >= 0");
  expect("SGD", "weightDecay", weightDecay, weightDecay >= 0, "a number >= 0");
  if (nesterov && (momentum <= 0 || dampening !== 0)) {
    throw new RangeError("SGD: Nesterov momentum requires a momentum and zero dampening; pass momentum: 0.9");
  }
  return { lr, momentum, dampening, weightDecay, nesterov };
}

/** Adam's numbers with PyTorch's defaults. @throws RangeError for a value outside its range */
export function adamGroup(options: AdamOptions): AdamGroup {
  const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  expect("Adam", "lr", lr, lr >= 0, "a number >= 0");
  for (const [i, beta] of betas.entries())
    expect("Adam", `betas[${i}]`, beta, beta >= 0 && beta < 1, "0 <= beta < 1");
  expect("Adam", "eps", eps, eps >= 0, "a number >= 0");
  expect("Adam", "weightDecay", weightDecay, weightDecay >= 0, "a number >= 0");
  return { lr, betas, eps, weightDecay };
}
