import { BatchNorm1d, Dropout, Embedding, GroupNorm, LayerNorm, Residual } from "chalk-and-tape/manual";
import { type NDArray, sqrt } from "chalk-and-tape/np";
import type { ZooEntry } from "./entry.ts";

const entry = { why: "", fix: "", cause: "other" as const };
const forward = { quantity: "forward", says: /your forward gives another y/ };
const buffers = { quantity: "buffers", says: /the two sides have different statistics/ };

/** γ (x − mean) / √(variance + ε) + β for x (N, C) or (N, C, L). */
function normalized(layer: BatchNorm1d, x: NDArray, mean: NDArray, variance: NDArray): NDArray {
  const perChannel = x.shape.map((n, axis) => (axis === 1 ? n : 1));
  const xhat = x.sub(mean).div(sqrt(variance.add(layer.eps)));
  const y = layer.weight ? xhat.mul(layer.weight.reshape(perChannel)) : xhat;
  return layer.bias ? y.add(layer.bias.reshape(perChannel)) : y;
}

/** Mean, biased variance and count of a batch. */
function statistics(x: NDArray): { mean: NDArray; variance: NDArray; count: number } {
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const mean = x.mean(axes, true);
  return { mean, variance: x.sub(mean).pow(2).mean(axes, true), count: x.size / (x.shape[1] as number) };
}

/** Wrong forwards of normalisations and small layers; they are not part of the zoo. */
export const normalizationForwards: readonly ZooEntry[] = [
  {
    ...entry,
    id: "batch-norm-running-in-training",
    name: "BatchNorm1d",
    what: "running statistics used in training",
    expects: forward,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { training, runningMean, runningVar } = this;
        if (!training || !runningMean || !runningVar) return y;
        const perChannel = x.shape.map((n, axis) => (axis === 1 ? n : 1));
        return normalized(this, x, runningMean.reshape(perChannel), runningVar.reshape(perChannel));
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-batch-in-evaluation",
    name: "BatchNorm1d",
    what: "the batch's statistics used in evaluation",
    expects: forward,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { mean, variance } = statistics(x);
        return this.training ? y : normalized(this, x, mean, variance);
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-unbiased",
    name: "BatchNorm1d",
    what: "y divided by the unbiased deviation",
    expects: forward,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { mean, variance, count } = statistics(x);
        return this.training ? normalized(this, x, mean, variance.mul(count / (count - 1))) : y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-difference-of-squares",
    name: "BatchNorm1d",
    what: "the variance as E[x²] − μ², which cancels far from 0",
    expects: forward,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { mean } = statistics(x);
        const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
        const variance = x.mul(x).mean(axes, true).sub(mean.mul(mean));
        return this.training ? normalized(this, x, mean, variance) : y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-eps-outside-the-root",
    name: "BatchNorm1d",
    what: "ε added to σ, not to the variance",
    expects: forward,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { mean, variance } = statistics(x);
        const std = sqrt(variance).add(this.eps);
        return this.training ? normalized(this, x, mean, std.mul(std).sub(this.eps)) : y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-keeps-biased-variance",
    name: "BatchNorm1d",
    what: "the running variance is the biased one",
    expects: buffers,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const before = this.runningVar;
        const y = super.forward(x);
        const { variance } = statistics(x);
        const m = this.momentum ?? 1 / (this.numBatchesTracked?.item() ?? 1);
        if (this.training && before) this.runningVar = before.mul(1 - m).add(variance.reshape(-1).mul(m));
        return y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-momentum-swapped",
    name: "BatchNorm1d",
    what: "momentum is the share of the old statistics",
    expects: buffers,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const before = this.runningMean;
        const y = super.forward(x);
        const m = this.momentum ?? 1 / (this.numBatchesTracked?.item() ?? 1);
        if (this.training && before)
          this.runningMean = before.mul(m).add(
            statistics(x)
              .mean.reshape(-1)
              .mul(1 - m),
          );
        return y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-batches-not-counted",
    name: "BatchNorm1d",
    what: "the batches are not counted",
    expects: buffers,
    student: class extends BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const before = this.numBatchesTracked;
        const y = super.forward(x);
        this.numBatchesTracked = before;
        return y;
      }
    },
  },
  {
    ...entry,
    id: "batch-norm-without-buffers",
    name: "BatchNorm1d",
    what: "statistics are kept where the state dict misses them",
    expects: {
      quantity: "buffers",
      says: /your class has no running_mean: a buffer is a field that holds an array/,
    },
    student: class extends BatchNorm1d {
      #mean: NDArray | null = null;
      override forward(x: NDArray): NDArray {
        this.runningMean ??= this.#mean;
        const y = super.forward(x);
        this.#mean = this.runningMean;
        this.runningMean = null;
        return y;
      }
    },
  },
  {
    ...entry,
    id: "layer-norm-is-batch-norm",
    name: "LayerNorm",
    what: "normalised over the samples",
    expects: forward,
    student: class extends LayerNorm {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        const centered = x.sub(x.mean(0, true));
        const xhat = centered.div(sqrt(centered.mul(centered).mean(0, true).add(this.eps)));
        const y = this.weight ? xhat.mul(this.weight) : xhat;
        return this.bias ? y.add(this.bias) : y;
      }
    },
  },
  {
    ...entry,
    id: "group-norm-interleaved",
    name: "GroupNorm",
    what: "channel c in group c mod G, not in runs",
    expects: forward,
    student: class extends GroupNorm {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        const [n, c] = x.shape as [number, number];
        const grouped = x.reshape(n, c / this.numGroups, this.numGroups, -1);
        const centered = grouped.sub(grouped.mean([1, 3], true));
        const std = sqrt(centered.mul(centered).mean([1, 3], true).add(this.eps));
        const xhat = centered.div(std).reshape(x.shape);
        const perChannel = x.shape.map((length, axis) => (axis === 1 ? length : 1));
        const y = this.weight ? xhat.mul(this.weight.reshape(perChannel)) : xhat;
        return this.bias ? y.add(this.bias.reshape(perChannel)) : y;
      }
    },
  },
  {
    ...entry,
    id: "dropout-without-scaling",
    name: "Dropout",
    what: "what is kept is not scaled",
    expects: { quantity: "the scale", says: /your forward turns 1 into 1\.000/ },
    student: class extends Dropout {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        return this.training && this.p < 1 ? y.mul(1 - this.p) : y;
      }
    },
  },
  {
    ...entry,
    id: "dropout-keeps-with-p",
    name: "Dropout",
    what: "an element is kept with probability p",
    expects: {
      quantity: "the share kept",
      says: /expected about 75\.0 %: p is the probability of dropping one/,
    },
    student: class extends Dropout {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        if (!this.training || this.p === 0 || this.p === 1) return y;
        const kept = this.rng.uniform(0, 1, x.shape).less(this.p).astype("float64");
        return x.mul(kept.div(1 - this.p));
      }
    },
  },
  {
    ...entry,
    id: "dropout-in-evaluation",
    name: "Dropout",
    what: "drops in evaluation as well",
    expects: forward,
    student: class extends Dropout {
      override forward(x: NDArray): NDArray {
        const { training } = this;
        this.training = true;
        const y = super.forward(x);
        this.training = training;
        return y;
      }
    },
  },
  {
    ...entry,
    id: "dropout-of-everything-is-nan",
    name: "Dropout",
    what: "p = 1 divides 0 by 0",
    expects: { quantity: "forward", says: /NaN or infinity[\s\S]*y = 0/ },
    student: class extends Dropout {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        return this.training && this.p === 1 ? y.mul(Number.POSITIVE_INFINITY) : y;
      }
    },
  },
  {
    ...entry,
    id: "embedding-next-row",
    name: "Embedding",
    what: "indices counted from 1",
    expects: forward,
    student: class extends Embedding {
      override forward(x: NDArray): NDArray {
        return super.forward(x.greater(0).mul(x.sub(1)).astype("int32"));
      }
    },
  },
  {
    ...entry,
    id: "residual-shortcut-first",
    name: "Residual",
    what: "main receives what the shortcut returns",
    expects: { quantity: "no error", says: /ShapeError/ },
    student: class extends Residual {
      override forward(x: NDArray): NDArray {
        const same = this.shortcut.forward(x);
        return this.main.forward(same).add(same);
      }
    },
  },
];
