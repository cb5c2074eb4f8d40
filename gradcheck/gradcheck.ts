import { type NDArray, type Random, random, sameShape } from "../np/index.ts";
import { againstExact, againstNumerical, type Tolerance, unravel } from "./agreement.ts";
import { numericalGradient } from "./numerical.ts";

/** Any function of arrays with its backward: dy = ∂L/∂y to ∂L/∂input, one for each input, null for one that is constant. */
export interface ForwardBackward {
  forward(...inputs: readonly NDArray[]): NDArray;
  backward(dy: NDArray, ...inputs: readonly NDArray[]): readonly (NDArray | null)[];
}

export interface GradcheckOptions {
  /** Of the upstream gradient; default 0. */
  readonly seed?: number;
  /** What the inputs are called in the report; default "input 0", … */
  readonly names?: readonly string[];
  readonly tolerance?: Tolerance;
  /** How many elements of an input are checked numerically, chosen at random; default all. */
  readonly entries?: number;
}

/** What became of one input. */
export interface GradcheckRow {
  readonly quantity: string;
  readonly shape: readonly number[];
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  readonly verdict: "agree" | "disagree" | "vacuous";
  readonly worst: {
    readonly index: readonly number[];
    readonly analytical: number;
    readonly numerical: number;
  };
  /** What to look at, in words; only where something is wrong. */
  readonly diagnosis?: string;
}

export interface GradcheckResult {
  readonly rows: readonly GradcheckRow[];
  readonly passed: boolean;
  readonly kinks: number;
  readonly seed: number;
}

/** dy for a check: signed and random, never ones; a random factor for a scalar. */
export function randomUpstream(shape: readonly number[], rng: Random): NDArray {
  return rng.normal(0, 1, shape);
}

/** Flat positions to check: all of `size`, or `entries` of them in random order. */
export function chooseEntries(size: number, entries: number, rng: Random): number[] | undefined {
  return entries >= size
    ? undefined
    : [...rng.choice(size, entries, { replace: false }).flat()].sort((a, b) => a - b);
}

/** Σ dy ⊙ y in float64: the scalar whose gradient is checked. */
export function project(y: NDArray, dy: NDArray): number {
  const [a, b] = [y.flat(), dy.flat()];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/**
 * Checks a backward against finite differences in float64: L = Σ dy ⊙ forward(inputs) with a random signed dy; every ∂L/∂input must
 * be within 1e-7 + 1e-5·|numerical| + their estimated error of the differences, and something must be non-zero.
 * @throws TypeError for inputs that are not float64, RangeError for a backward that returns too few gradients
 * @see CS231n, "Gradient checks", and PyTorch's `torch.autograd.gradcheck`
 */
export function gradcheck(
  pair: ForwardBackward,
  inputs: readonly NDArray[],
  options: GradcheckOptions = {},
): GradcheckResult {
  const { seed = 0, names = [], tolerance, entries = Number.POSITIVE_INFINITY } = options;
  for (const [i, x] of inputs.entries()) {
    if (x.dtype !== "float64")
      throw new TypeError(
        `gradcheck: ${names[i] ?? `input ${i}`} is ${x.dtype}; checks need float64: x.astype("float64")`,
      );
  }
  const rng = random(seed);
  const own = inputs.map((x) => x.copy());
  const dy = randomUpstream(pair.forward(...own).shape, rng);
  const given = dy.copy();
  const gradients = pair.backward(given, ...own);
  if (againstExact(given, dy, 0).maxAbsolute > 0)
    throw new RangeError("gradcheck: backward changed dy in place; work on a copy");
  if (gradients.length !== inputs.length) {
    throw new RangeError(
      `gradcheck: backward returned ${gradients.length} gradients for ${inputs.length} inputs; return null for a constant one`,
    );
  }
  let kinks = 0;
  const rows = gradients.flatMap((gradient, i): GradcheckRow[] => {
    if (!gradient) return [];
    const x = own[i] as NDArray;
    const quantity = names[i] ?? `input ${i}`;
    if (!sameShape(gradient.shape, x.shape)) {
      const diagnosis = `backward returned shape (${gradient.shape}), the input has (${x.shape})`;
      const worst = { index: [], analytical: Number.NaN, numerical: Number.NaN };
      return [
        {
          quantity,
          shape: x.shape,
          maxAbsolute: Number.NaN,
          maxRelative: Number.NaN,
          verdict: "disagree",
          worst,
          diagnosis,
        },
      ];
    }
    const numerical = numericalGradient(
      () => project(pair.forward(...own), dy),
      x,
      chooseEntries(x.size, entries, rng),
    );
    kinks += numerical.estimates.filter((e) => e.kink).length;
    const { maxAbsolute, maxRelative, worst, agrees } = againstNumerical(gradient, numerical, tolerance);
    const vacuous = agrees && numerical.estimates.every((e) => Math.abs(e.value) < 1e-8);
    const at = {
      index: unravel(worst, x.shape),
      analytical: gradient.flat()[worst] as number,
      numerical: numerical.estimates[numerical.at.indexOf(worst)]?.value ?? Number.NaN,
    };
    const diagnosis = vacuous
      ? "every gradient is 0: this check would pass any backward; choose other inputs"
      : undefined;
    const verdict = vacuous ? "vacuous" : agrees ? "agree" : "disagree";
    return [{ quantity, shape: x.shape, maxAbsolute, maxRelative, verdict, worst: at, diagnosis }];
  });
  const unchanged = own.every((x, i) => againstExact(x, inputs[i] as NDArray, 0).maxAbsolute === 0);
  if (!unchanged)
    throw new RangeError("gradcheck: forward or backward changed an input in place; work on a copy");
  return { rows, passed: rows.length > 0 && rows.every((row) => row.verdict === "agree"), kinks, seed };
}
