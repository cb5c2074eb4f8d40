import type { DType } from "../../np/index.ts";

/** The largest differences that count as agreement; in float64 over a whole run without re-synchronisation. */
export const bounds: {
  readonly weights: number;
  readonly losses: number;
  readonly firstGradients: number;
  readonly float32Gradients: number;
  readonly normalized: number;
} = {
  weights: 1e-10,
  losses: 1e-12,
  /** Relative, at the first step: the weights are still equal to the last bit, so a tiny learning rate hides no mistake. */
  firstGradients: 1e-9,
  /** In float32 independent runs drift apart by rounding, so the gradients at equal weights are judged instead, relative. */
  float32Gradients: 1e-4,
  /** For weights and losses of networks with batch normalisation. It divides by a possibly small deviation, so differences grow with every layer. */
  normalized: 1e-9,
};

/** The gradient of such a bias is 0 except for rounding, and Adam turns each side's rounding into full steps. */
const deadBias =
  ". If it is a bias right before a batch normalisation, which subtracts it again, leave it out with { bias: false }";

/** The bound of quantities that are not judged; finite, so that NaN and Infinity are still caught. */
const free: number = Number.MAX_VALUE;

/** The differences measured at one point of a run. NaN and Infinity exceed every bound. */
export interface Measured {
  /** Absolute. */
  readonly losses?: number;
  /** Absolute. */
  readonly weights?: number;
  /** Relative to the tensor's largest gradient. */
  readonly gradients?: number;
}

/** What a judge has seen, as plain data. */
export interface JudgeState {
  readonly largest: Readonly<Record<keyof Measured, number>>;
  /** The first problem as a sentence; empty while there is none. */
  readonly problem: string;
  /** Whether gradients were measured; in float64 only the first are judged. */
  readonly hasSeenGradients: boolean;
}

/** Keeps the largest differences of a run, and the first one that is too large. */
export class Judge {
  readonly #dtype: DType;
  readonly #normalizes: boolean;
  readonly #allowed: { -readonly [K in keyof Measured]-?: number };
  readonly #largest = { losses: 0, weights: 0, gradients: 0 };
  #hasSeenGradients = false;
  /** The first problem as a sentence; empty while there is none. */
  problem: string = "";

  /** @param normalizes whether the networks contain batch normalisations */
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

  /** For a checkpoint. */
  get state(): JudgeState {
    const { problem } = this;
    return { largest: { ...this.#largest }, problem, hasSeenGradients: this.#hasSeenGradients };
  }
  set state({ largest, problem, hasSeenGradients }: JudgeState) {
    Object.assign(this.#largest, largest);
    this.problem = problem;
    if (hasSeenGradients) this.#sawGradients();
  }

  get weightBound(): number {
    return this.#allowed.weights;
  }

  measure(where: string, measured: Measured): void {
    for (const [what, value] of Object.entries(measured) as [keyof Measured, number][]) {
      const allowed = this.#allowed[what];
      // NaN fails every comparison, so test for the good case.
      if (!(value <= allowed) && !this.problem) {
        this.problem = Number.isFinite(value)
          ? `the ${what} differ by ${value.toExponential(1)} at ${where}; allowed is ${allowed}`
          : `the ${what} at ${where} are not all finite numbers`;
        if (this.#normalizes && what === "weights" && Number.isFinite(value)) this.problem += deadBias;
      }
      this.#largest[what] = Math.max(this.#largest[what], value);
    }
    if (measured.gradients !== undefined) this.#sawGradients();
  }

  /** From now on the weights of two float64 runs differ by rounding, and so do the gradients: reported, but not judged. */
  #sawGradients(): void {
    this.#hasSeenGradients = true;
    if (this.#dtype === "float64") this.#allowed.gradients = free;
  }

  /** The verdict as a sentence, after this many steps. */
  verdict(steps: number): string {
    if (this.problem) return `Chalk and tape do not agree: ${this.problem}.`;
    const { gradients, weights, losses } = this.#largest;
    const agree = `Chalk and tape agree over ${steps} steps`;
    if (Math.max(gradients, weights, losses) === 0)
      return `${agree}. Gradients, weights and losses are identical.`;
    const size = (x: number): string => (x === 0 ? "0" : x.toExponential(1));
    return `${agree}; the largest differences: gradients ${size(gradients)} (relative), weights ${size(weights)}, losses ${size(losses)}.`;
  }
}
