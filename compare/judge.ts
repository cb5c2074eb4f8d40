import type { DType } from "../np/index.ts";

/** What "agree" means: in float64 for a whole run that is never re-synchronised. */
export const bounds: {
  readonly weights: number;
  readonly losses: number;
  readonly float32Gradients: number;
} = {
  weights: 1e-10,
  losses: 1e-12,
  /** In float32 free runs drift apart by rounding; the gradients at equal weights are judged instead, relative. */
  float32Gradients: 1e-4,
};

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
  readonly #allowed: Required<Measured>;
  readonly #largest = { losses: 0, weights: 0, gradients: 0 };
  /** What went wrong first, in words; empty while nothing has. */
  problem: string = "";

  constructor(dtype: DType) {
    const { weights, losses, float32Gradients } = bounds;
    const free = Number.MAX_VALUE; // finite: NaN and Infinity are still caught
    this.#allowed =
      dtype === "float64"
        ? { weights, losses, gradients: free }
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
      }
      this.#largest[what] = Math.max(this.#largest[what], value);
    }
  }

  /** The verdict in words, after so many steps. */
  verdict(steps: number): string {
    if (this.problem) return `Chalk and tape do not agree: ${this.problem}.`;
    const size = (x: number): string => (x === 0 ? "not at all" : `by ${x.toExponential(1)} at most`);
    const { gradients, weights, losses } = this.#largest;
    return `Chalk and tape agree over ${steps} steps: the gradients differ ${size(gradients)} (relative), the weights ${size(weights)}, the losses ${size(losses)}.`;
  }
}
