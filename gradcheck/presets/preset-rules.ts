import { NDArray, type Random } from "../../np/index.ts";
import { project } from "../subject.ts";

/** The functions that a rule measures with. `chosen` are flat positions in the arrays whose gradients are checked. */
export interface Measure {
  forward(): NDArray;
  /** The gradients by name for one dy, each of its array's shape. */
  backward(dy: NDArray): Map<string, NDArray>;
  readonly arrays: ReadonlyMap<string, NDArray>;
  readonly chosen: ReadonlyMap<string, readonly number[]>;
  /** Of y. */
  readonly shape: readonly number[];
}

/** The element that violates a rule most, and the rule's value for it; wrong if worst > limit. */
export interface Misfit {
  readonly worst: number;
  readonly limit: number;
  readonly quantity: string;
  readonly at: number;
  readonly analytical: number;
  readonly numerical: number;
  readonly rule: string;
}

type Numbers = ArrayLike<number>;

/** (f(x + h) − f(x − h)) / 2h for one element, all outputs at once. */
function central(f: () => NDArray, data: { [i: number]: number }, i: number, h: number): Float64Array {
  const before = data[i] as number;
  try {
    data[i] = before + h;
    const above = Float64Array.from(f().flat());
    data[i] = before - h;
    const below = f().flat();
    return above.map((y, k) => (y - (below[k] as number)) / (2 * h));
  } finally {
    data[i] = before;
  }
}

/** NaN violates every rule. */
function larger(a: Misfit, b: Misfit): Misfit {
  const [x, y] = [a, b].map(({ worst }) => (Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst));
  return (y as number) > (x as number) ? { ...b, worst: y as number } : a;
}

/**
 * PyTorch's `gradcheck` with its defaults, slow mode: every element of the Jacobian, with one-hot upstreams, |a − n| ≤ 1e-5 + 1e-3·|n|, n
 * the plain central difference at 1e-6. Then what it also asks: that backward repeats to the bit (nondet_tol 0), and that an upstream of
 * zeros gives zeros ("backward not multiplied by grad_output"). Its tests of undefined and batched gradients have no counterpart here.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/autograd/gradcheck.py
 */
export function againstTorch({ forward, backward, arrays, chosen, shape }: Measure): Misfit {
  const fine = { worst: 0, limit: 1, quantity: "", at: 0, analytical: 0, numerical: 0, rule: "" };
  const outputs = shape.reduce((size, n) => size * n, 1);
  const columns = new Map(
    [...chosen].map(([name, at]) => {
      const data = (arrays.get(name) as NDArray).flat();
      return [name, at.map((i) => central(forward, data, i, 1e-6))] as const;
    }),
  );
  let worst: Misfit = fine;
  for (let k = 0; k < outputs; k++) {
    const dy = NDArray.from(
      Float64Array.from({ length: outputs }, (_, i) => (i === k ? 1 : 0)),
      shape,
    );
    const [once, again] = [backward(dy), backward(dy)];
    for (const [name, at] of chosen) {
      const [a, b]: Numbers[] = [once, again].map((g) => (g.get(name) as NDArray).flat());
      for (const [j, i] of at.entries()) {
        const [analytical, numerical] = [a?.[i] as number, columns.get(name)?.[j]?.[k] as number];
        const allowed = 1e-5 + 1e-3 * Math.abs(numerical);
        const rule = `Jacobian mismatch for output ${k}: |a − n| > 1e-5 + 1e-3·|n|`;
        const found = { limit: 1, quantity: name, at: i, analytical, numerical, rule };
        worst = larger(worst, { ...found, worst: Math.abs(analytical - numerical) / allowed });
        if (analytical !== b?.[i])
          worst = larger(worst, { ...found, worst: Infinity, rule: "backward does not repeat" });
      }
    }
  }
  const nothing = backward(NDArray.from(new Float64Array(outputs), shape));
  for (const [name, gradient] of nothing) {
    const at = gradient.flat().findIndex((value) => value !== 0);
    const rule = "backward not multiplied by dy: not 0 for an upstream of zeros";
    const found = {
      limit: 1,
      quantity: name,
      at,
      analytical: gradient.flat()[at] as number,
      numerical: 0,
      rule,
    };
    if (at >= 0) worst = larger(worst, { ...found, worst: Infinity });
  }
  return worst;
}

/**
 * CS231n's check: Σ dy ⊙ y with a normal dy, the plain central difference at 1e-5, and the largest |a − n| / max(1e-8, |a| + |n|). The
 * course has no threshold: notebooks say "around 1e-8 or less", read by eye. The notes call 1e-2 wrong, 1e-4 too high unless there are
 * kinks, and 1e-7 good; 1e-4 is taken, the largest that they ever accept.
 * @see https://cs231n.github.io/neural-networks-3/#gradcheck, and `eval_numerical_gradient_array`, `rel_error` of the assignments
 */
export function againstCs231n({ forward, backward, arrays, chosen, shape }: Measure, rng: Random): Misfit {
  const dy = rng.normal(0, 1, shape);
  const gradients = backward(dy);
  const rule = "relative error above 1e-4";
  let worst: Misfit = { worst: 0, limit: 1e-4, quantity: "", at: 0, analytical: 0, numerical: 0, rule };
  for (const [name, at] of chosen) {
    const [a, data] = [(gradients.get(name) as NDArray).flat(), (arrays.get(name) as NDArray).flat()];
    for (const i of at) {
      const difference = NDArray.from(central(forward, data, i, 1e-5), shape);
      const [analytical, numerical] = [a[i] as number, project(difference, dy)];
      const error =
        Math.abs(analytical - numerical) / Math.max(1e-8, Math.abs(analytical) + Math.abs(numerical));
      worst = larger(worst, { ...worst, worst: error, quantity: name, at: i, analytical, numerical });
    }
  }
  return worst;
}
