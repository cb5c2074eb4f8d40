import type { DType } from "../../np/index.ts";

/** What "agree" means: in float64 for a whole run that is never re-synchronised. */
export const bounds: {
  readonly weights: number;
  readonly losses: number;
  readonly firstGradients: number;
  readonly float32Gradients: number;
  readonly normalized: number;
} = {
  weights: 1e-10,
  losses: 1e-12,
  /** Relative, at the first step: the weights are equal to the last bit, and a tiny learning rate hides nothing. */
  firstGradients: 1e-9,
  /** In float32 free runs drift apart by rounding; the gradients at equal weights are judged instead, relative. */
  float32Gradients: 1e-4,
  /** Weights and losses of nets with batch normalisation, which divides by what may be small: differences grow in every layer. */
  normalized: 1e-9,
};

/** Its gradient is 0 but for rounding, which Adam blows up to steps that each side makes as it rounds. */
const deadBias =
  ". If it is a bias right before a batch normalisation, which subtracts it again: leave it out there, { bias: false }";

/** Not judged; finite, so that NaN and Infinity are still caught. */
const free: number = Number.MAX_VALUE;

/** What was measured at one place of a run. NaN and Infinity are differences that no bound allows. */
export interface Measured {
  /** Absolute. */
  readonly losses?: number;
  /** Absolute. */
  readonly weights?: number;
  /** Relative to the tensor's largest gradient. */
  readonly gradients?: number;
}

/** Keeps the largest differences of a run, and the first that is too large. */
export class Judge {
  readonly #dtype: DType;
  readonly #normalizes: boolean;
  readonly #allowed: { -readonly [K in keyof Measured]-?: number };
  readonly #largest = { losses: 0, weights: 0, gradients: 0 };
  /** What went wrong first, in words; empty while nothing has. */
  problem: string = "";

  /** `normalizes`: whether the nets hold batch normalisations. */
  constructor(dtype: DType, normalizes: boolean = false) {
    this.#dtype = dtype;
    this.#normalizes = normalizes;
    const { weights, losses, firstGradients, float32Gradients, normalized } = bounds;
    this.#allowed =
      dtype === "float64"
        ? {
            ...(normalizes ? { weights: normalized, losses: normalized } : { weights, losses }),
            gradients: firstGradients,
          }
        : { weights: free, losses: free, gradients: float32Gradients };
  }

  get weightBound(): number {
    return this.#allowed.weights;
  }

  measure(where: string, measured: Measured): void {
    for (const [what, value] of Object.entries(measured) as [keyof Measured, number][]) {
      const allowed = this.#allowed[what];
      // NaN fails every comparison, so ask for what is right.
      if (!(value <= allowed) && !this.problem) {
        this.problem = Number.isFinite(value)
          ? `the ${what} differ by ${value.toExponential(1)} at ${where}; allowed is ${allowed}`
          : `the ${what} at ${where} are not all finite numbers`;
        if (this.#normalizes && what === "weights" && Number.isFinite(value)) this.problem += deadBias;
      }
      this.#largest[what] = Math.max(this.#largest[what], value);
    }
    // From now on the weights of free runs in float64 differ by rounding; its gradients follow them, and are shown.
    if (this.#dtype === "float64" && measured.gradients !== undefined) this.#allowed.gradients = free;
  }

  /** The verdict in words, after so many steps. */
  verdict(steps: number): string {
    if (this.problem) return `Chalk and tape do not agree: ${this.problem}.`;
    const size = (x: number): string => (x === 0 ? "not at all" : `by ${x.toExponential(1)} at most`);
    const { gradients, weights, losses } = this.#largest;
    return `Chalk and tape agree over ${steps} steps: the gradients differ ${size(gradients)} (relative), the weights ${size(weights)}, the losses ${size(losses)}.`;
  }
}
