import { GroupNorm, LayerNorm } from "chalk-and-tape/manual";
import { type NDArray, sqrt, zeros } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

const entry = { cause: "other" as Cause, expects: { quantity: "x", says: alone } };

/** LayerNorm with a right forward, dγ and dβ, for a student's dx. */
abstract class LayerNormDx extends LayerNorm {
  protected x: NDArray = zeros([1]);
  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    super.backward(dy);
    const first = this.x.ndim - this.normalizedShape.length;
    const axes = this.normalizedShape.map((_, i) => first + i);
    const centered = this.x.sub(this.x.mean(axes, true));
    const std = sqrt(centered.mul(centered).mean(axes, true).add(this.eps));
    return this.dx(this.weight ? dy.mul(this.weight) : dy, centered.div(std), std, axes);
  }
  protected abstract dx(dxhat: NDArray, xhat: NDArray, std: NDArray, axes: number[]): NDArray;
}

/** Layer and group normalisation: which elements share their statistics. */
export const layerNormZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "layer-norm-over-the-batch",
    cause: "wrong axis",
    name: "LayerNorm",
    what: "backward averages over the batch",
    why: "it is batch normalisation's backward with another name",
    fix: "means over the normalised axes of each sample, as in forward",
    student: class extends LayerNormDx {
      protected dx(dxhat: NDArray, xhat: NDArray, std: NDArray): NDArray {
        const throughStd = xhat.mul(dxhat.mul(xhat).mean(0, true));
        return dxhat.sub(dxhat.mean(0, true)).sub(throughStd).div(std);
      }
    },
  },
  {
    ...entry,
    id: "layer-norm-mean-term-forgotten",
    cause: "term missing",
    name: "LayerNorm",
    what: "nothing flows through the mean",
    why: "of three terms on the slide, the short one is overlooked",
    fix: "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ",
    student: class extends LayerNormDx {
      protected dx(dxhat: NDArray, xhat: NDArray, std: NDArray, axes: number[]): NDArray {
        return dxhat.sub(xhat.mul(dxhat.mul(xhat).mean(axes, true))).div(std);
      }
    },
  },
  {
    ...entry,
    id: "layer-norm-mean-over-everything",
    cause: "wrong count",
    name: "LayerNorm",
    what: "sums over the features divided by the number of all elements",
    why: "dx.size is at hand, and for one sample it is right",
    fix: "the means are over the normalised axes of one sample",
    student: class extends LayerNormDx {
      protected dx(dxhat: NDArray, xhat: NDArray, std: NDArray, axes: number[]): NDArray {
        const mean = (a: NDArray): NDArray => a.sum(axes, true).div(a.size);
        return dxhat
          .sub(mean(dxhat))
          .sub(xhat.mul(mean(dxhat.mul(xhat))))
          .div(std);
      }
    },
  },
  {
    ...entry,
    id: "layer-norm-statistics-constant",
    cause: "term missing",
    name: "LayerNorm",
    what: "mean and variance treated as constants",
    why: "they are just numbers by the time backward runs",
    fix: "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ",
    student: class extends LayerNormDx {
      protected dx(dxhat: NDArray, _xhat: NDArray, std: NDArray): NDArray {
        return dxhat.div(std);
      }
    },
  },
  {
    ...entry,
    id: "layer-norm-dgamma-over-features",
    name: "LayerNorm",
    what: "dγ summed over the features, not over the samples",
    why: "the statistics are over the features, so the sum seems to be as well",
    fix: "γ is shared by all samples: sum over the axes before",
    expects: { quantity: "weight", says: /gradient of weight has shape|your backward stands alone/ },
    student: class extends LayerNorm {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const found = super.backward(dy);
        const [x, last] = [this.#x, this.#x.ndim - 1];
        const centered = x.sub(x.mean(last, true));
        const xhat = centered.div(sqrt(centered.mul(centered).mean(last, true).add(this.eps)));
        this.dWeight = this.weight && dy.mul(xhat).sum(last);
        return found;
      }
    },
  },
  {
    ...entry,
    id: "group-norm-by-channel",
    cause: "wrong axis",
    name: "GroupNorm",
    what: "backward averages over each channel, not over its group",
    why: "weight and bias are per channel, and the statistics seem to be as well",
    fix: "means over (C / groups, …) of each sample, as in forward",
    student: class extends GroupNorm {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        const [n, c] = dy.shape as [number, number];
        const groups = this.#x.reshape(n, this.numGroups, -1);
        const centered = groups.sub(groups.mean(2, true));
        const std = sqrt(centered.mul(centered).mean(2, true).add(this.eps));
        const channels = (x: NDArray): NDArray => x.reshape(n, c, -1);
        const xhat = channels(centered.div(std));
        const each = channels(std.broadcastTo(groups.shape).copy());
        const dxhat = this.weight ? channels(dy).mul(this.weight.reshape(1, c, 1)) : channels(dy);
        const throughStd = xhat.mul(dxhat.mul(xhat).mean(2, true));
        return dxhat.sub(dxhat.mean(2, true)).sub(throughStd).div(each).reshape(dy.shape);
      }
    },
  },
  {
    ...entry,
    id: "group-norm-gamma-by-group",
    name: "GroupNorm",
    what: "every channel of a group gets the first one's γ gradient",
    why: "channels that are normalised together seem to be scaled together",
    fix: "one γ per channel: sum over the samples and the axes after it only",
    expects: { quantity: "weight", says: alone },
    student: class extends GroupNorm {
      override backward(dy: NDArray): NDArray {
        const found = super.backward(dy);
        const groups = this.dWeight?.reshape(this.numGroups, -1);
        if (groups) this.dWeight = groups.slice(null, [0, 1]).broadcastTo(groups.shape).copy().reshape(-1);
        return found;
      }
    },
  },
];
