import { BatchNorm1d, BatchNorm2d } from "chalk-and-tape/manual";
import { type NDArray, sqrt, zeros } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** The values that a backward of batch normalisation uses; means are over all axes but the channels. */
interface Worked {
  readonly x: NDArray;
  readonly xhat: NDArray;
  readonly mean: NDArray;
  readonly variance: NDArray;
  readonly std: NDArray;
  readonly axes: number[];
  /** (1, C, 1, …) */
  readonly perChannel: number[];
  /** The number of elements per channel. */
  readonly count: number;
  readonly isBatch: boolean;
}

/** Recomputes x̂ and its parts from x. */
function workedOut(layer: BatchNorm1d | BatchNorm2d, x: NDArray): Worked {
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const perChannel = x.shape.map((n, axis) => (axis === 1 ? n : 1));
  const { runningMean, runningVar, training, eps } = layer;
  const isBatch = training || !runningMean || !runningVar;
  const mean = isBatch ? x.mean(axes, true) : runningMean.reshape(perChannel);
  const centered = x.sub(mean);
  const variance = isBatch ? centered.mul(centered).mean(axes, true) : runningVar.reshape(perChannel);
  const std = sqrt(variance.add(eps));
  const count = x.size / (x.shape[1] as number);
  return { x, xhat: centered.div(std), mean, variance, std, axes, perChannel, count, isBatch };
}

/** dx̂ = γ dy. */
function scaled({ weight }: BatchNorm1d | BatchNorm2d, dy: NDArray, { perChannel }: Worked): NDArray {
  return weight ? dy.mul(weight.reshape(perChannel)) : dy;
}

/** The right dx for a dx̂, for mistakes elsewhere. */
function throughStatistics(dxhat: NDArray, { xhat, std, axes, isBatch }: Worked): NDArray {
  if (!isBatch) return dxhat.div(std);
  const throughStd = xhat.mul(dxhat.mul(xhat).mean(axes, true));
  return dxhat.sub(dxhat.mean(axes, true)).sub(throughStd).div(std);
}

/** BatchNorm1d with a right forward and right dγ and dβ, to write a dx for. */
abstract class Dx extends BatchNorm1d {
  #x: NDArray = zeros([1]);
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    super.backward(dy);
    const worked = workedOut(this, this.#x);
    return this.dx(scaled(this, dy, worked), worked, dy);
  }
  protected abstract dx(dxhat: NDArray, worked: Worked, dy: NDArray): NDArray;
}

/** BatchNorm1d with a right forward, dx and dβ, to write a dγ for. */
abstract class DWeight extends BatchNorm1d {
  #x: NDArray = zeros([1]);
  #y: NDArray = zeros([1]);
  override forward(x: NDArray): NDArray {
    this.#x = x;
    this.#y = super.forward(x);
    return this.#y;
  }
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    if (this.weight) this.dWeight = this.from(dy, workedOut(this, this.#x), this.#y);
    return dx;
  }
  protected abstract from(dy: NDArray, worked: Worked, y: NDArray): NDArray;
}

const dx = { name: "BatchNorm1d", cause: "other" as Cause, expects: { quantity: "x", says: alone } };

/** Batch normalisation: gradients through the statistics, and scale and shift. */
export const batchNormZoo: readonly ZooEntry[] = [
  {
    ...dx,
    id: "batch-norm-statistics-constant",
    cause: "term missing",
    what: "mean and variance treated as constants: dx = γ dy / σ",
    why: "y = γ (x − μ) / σ + β looks linear in x",
    fix: "μ and σ depend on every x of the channel: subtract what flows through them",
    student: class extends Dx {
      protected dx(dxhat: NDArray, { std }: Worked): NDArray {
        return dxhat.div(std);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-variance-constant",
    cause: "term missing",
    what: "nothing flows through the variance",
    why: "the mean is visibly subtracted, but σ hides in a denominator",
    fix: "∂σ/∂xᵢ = x̂ᵢ / m: subtract x̂ · mean(dx̂ x̂) as well",
    student: class extends Dx {
      protected dx(dxhat: NDArray, { std, axes, isBatch }: Worked): NDArray {
        return (isBatch ? dxhat.sub(dxhat.mean(axes, true)) : dxhat).div(std);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-mean-constant",
    cause: "term missing",
    what: "nothing flows through the mean",
    why: "Σ (x − μ) is 0, so the mean's share seems to vanish; it does in σ, but not in x − μ",
    fix: "∂μ/∂xᵢ = 1/m: subtract mean(dx̂)",
    student: class extends Dx {
      protected dx(dxhat: NDArray, { xhat, std, axes, isBatch }: Worked): NDArray {
        return (isBatch ? dxhat.sub(xhat.mul(dxhat.mul(xhat).mean(axes, true))) : dxhat).div(std);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-unbiased-in-backward",
    cause: "wrong count",
    what: "backward uses the unbiased variance, forward the biased one",
    why: "the running variance is unbiased, and the two get mixed up",
    fix: "dx is the derivative of forward, so it uses the same σ",
    student: class extends Dx {
      protected dx(dxhat: NDArray, worked: Worked): NDArray {
        const { x, mean, variance, count, isBatch } = worked;
        const unbiased = isBatch && count > 1 ? variance.mul(count / (count - 1)) : variance;
        const std = sqrt(unbiased.add(this.eps));
        return throughStatistics(dxhat, { ...worked, std, xhat: x.sub(mean).div(std) });
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-eps-forgotten",
    cause: "epsilon",
    what: "ε forgotten in backward",
    why: "on paper σ is the standard deviation, and ε only prevents a division by 0",
    fix: "σ = √(variance + ε) in both passes",
    student: class extends Dx {
      protected dx(dxhat: NDArray, worked: Worked): NDArray {
        const std = sqrt(worked.variance);
        return throughStatistics(dxhat, { ...worked, std, xhat: worked.x.sub(worked.mean).div(std) });
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-eps-outside",
    cause: "epsilon",
    what: "backward divides by √variance + ε",
    why: "1e-5 seems to be there only against a division by 0, so its place seems not to matter",
    fix: "σ = √(variance + ε) in both passes",
    student: class extends Dx {
      protected dx(dxhat: NDArray, worked: Worked): NDArray {
        const std = sqrt(worked.variance).add(this.eps);
        return throughStatistics(dxhat, { ...worked, std, xhat: worked.x.sub(worked.mean).div(std) });
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-divided-by-n-twice",
    cause: "wrong count",
    what: "the mean's share divided by N twice",
    why: "the formula's 1/m is written in front of a mean that already contains it",
    fix: "(1/m) Σ dx̂ is the mean: use one of the two",
    student: class extends Dx {
      protected dx(dxhat: NDArray, { xhat, std, axes, count, isBatch }: Worked): NDArray {
        if (!isBatch) return dxhat.div(std);
        const throughMean = dxhat.mean(axes, true).div(count);
        return dxhat
          .sub(throughMean)
          .sub(xhat.mul(dxhat.mul(xhat).mean(axes, true)))
          .div(std);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-without-gamma",
    cause: "extra factor",
    what: "dx without γ",
    why: "γ starts at 1, and a check at the start passed",
    fix: "dx̂ = γ dy first",
    student: class extends Dx {
      protected dx(_dxhat: NDArray, worked: Worked, dy: NDArray): NDArray {
        return throughStatistics(dy, worked);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-evaluation-as-training",
    cause: "wrong term",
    what: "dx in evaluation is the one for training",
    why: "forward checks the mode, backward does not",
    fix: "running statistics are constants: dx = γ dy / σ",
    student: class extends Dx {
      protected dx(dxhat: NDArray, worked: Worked): NDArray {
        return throughStatistics(dxhat, { ...worked, isBatch: true });
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-dgamma-without-xhat",
    cause: "extra factor",
    what: "dγ = Σ dy, like dβ",
    why: "both are one number per channel, and the line was copied",
    fix: "γ multiplies x̂: dγ = Σ dy x̂",
    expects: { quantity: "weight", says: alone },
    student: class extends DWeight {
      protected from(dy: NDArray, { axes }: Worked): NDArray {
        return dy.sum(axes);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-dgamma-of-centered",
    cause: "extra factor",
    what: "dγ = Σ dy (x − μ), not divided by σ",
    why: "x − μ is stored for another line of backward and called x̂",
    fix: "dγ = Σ dy x̂ with x̂ = (x − μ) / σ",
    expects: { quantity: "weight", says: alone },
    student: class extends DWeight {
      protected from(dy: NDArray, { x, mean, axes }: Worked): NDArray {
        return dy.mul(x.sub(mean)).sum(axes);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-xhat-after-the-scale",
    cause: "extra factor",
    what: "dγ = Σ dy y: x̂ taken after scale and shift",
    why: "forward stores its result over x̂, and backward reads it there",
    fix: "keep x̂ itself, before γ and β",
    expects: { quantity: "weight", says: alone },
    student: class extends DWeight {
      protected from(dy: NDArray, { axes }: Worked, y: NDArray): NDArray {
        return dy.mul(y).sum(axes);
      }
    },
  },
  {
    ...dx,
    id: "batch-norm-dbeta-averaged",
    what: "dβ averaged",
    why: "everything else in backward is a mean over the batch",
    fix: "β is added to every element of its channel: dβ = Σ dy",
    cause: "factor 1/N",
    expects: { quantity: "bias", says: alone },
    student: class extends BatchNorm1d {
      override backward(dy: NDArray): NDArray {
        const found = super.backward(dy);
        this.dBias = this.bias && dy.mean(dy.ndim === 3 ? [0, 2] : 0);
        return found;
      }
    },
  },
  {
    ...dx,
    name: "BatchNorm2d",
    id: "batch-norm-images-counted",
    cause: "wrong count",
    what: "sums over N, H and W divided only by N",
    why: "the formula is copied from (N, C), where m = N",
    fix: "m = N · H · W: a channel's mean is over images and pixels",
    student: class extends BatchNorm2d {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        const worked = workedOut(this, this.#x);
        const { xhat, std, axes, isBatch } = worked;
        const [dxhat, n] = [scaled(this, dy, worked), dy.shape[0] as number];
        if (!isBatch) return dxhat.div(std);
        const throughStd = xhat.mul(dxhat.mul(xhat).sum(axes, true).div(n));
        return dxhat.sub(dxhat.sum(axes, true).div(n)).sub(throughStd).div(std);
      }
    },
  },
  {
    ...dx,
    name: "BatchNorm2d",
    id: "batch-norm-images-gamma-not-summed",
    what: "dγ summed over the images only",
    why: "a sum over rows is right in Linear",
    fix: "one γ per channel: sum over N, H and W",
    cause: "not summed",
    expects: { quantity: "weight", says: /gradient of weight has shape \(3, 1, 2\), expected \(3,\)/ },
    student: class extends BatchNorm2d {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const found = super.backward(dy);
        this.dWeight = this.weight && dy.mul(workedOut(this, this.#x).xhat).sum(0);
        return found;
      }
    },
  },
];
