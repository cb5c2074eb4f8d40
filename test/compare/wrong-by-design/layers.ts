import type { ConvOptions, MaxPoolOptions } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import { concatenate, type NDArray, sqrt, zeros } from "chalk-and-tape/np";
import { type Wrong, wrong } from "./wrong.ts";

/** (x − μ) / √(E[x²] − μ² + ε) */
function onePass(x: NDArray, axes: number[], eps: number): NDArray {
  const mean = x.mean(axes, true);
  const variance = x.mul(x).mean(axes, true).sub(mean.mul(mean));
  return x.sub(mean).div(sqrt(variance.add(eps)));
}

export const wrongLayers: readonly Wrong[] = [
  wrong(
    "LayerNorm",
    "the variance in one pass, which cancels far from 0",
    class extends manual.LayerNorm {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        const axes = this.normalizedShape.map((_, i) => x.ndim - this.normalizedShape.length + i);
        const xhat = onePass(x, axes, this.eps);
        const scaled = this.weight ? xhat.mul(this.weight) : xhat;
        return this.bias ? scaled.add(this.bias) : scaled;
      }
    },
    /far from 0/,
  ),
  wrong(
    "GroupNorm",
    "the variance in one pass, which cancels far from 0",
    class extends manual.GroupNorm {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        const grouped = x.reshape(x.shape[0] as number, this.numGroups, -1);
        const xhat = onePass(grouped, [2], this.eps).reshape(x.shape);
        const perChannel = x.shape.map((n, axis) => (axis === 1 ? n : 1));
        const scaled = this.weight ? xhat.mul(this.weight.reshape(perChannel)) : xhat;
        return this.bias ? scaled.add(this.bias.reshape(perChannel)) : scaled;
      }
    },
    /far from 0/,
  ),
  wrong(
    "Linear",
    "dW over blocks of 64 samples, without the last, incomplete block",
    class extends manual.Linear {
      x: NDArray | null = null;
      override forward(x: NDArray): NDArray {
        this.x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const x = this.x as NDArray;
        const n = dy.shape[0] as number;
        if (n > 64) this.dWeight = dy.slice([0, 64]).T.matmul(x.slice([0, 64]));
        return dx;
      }
    },
    /70 samples/,
  ),
  wrong(
    "Linear",
    "db as a sum of rows that begins with the first",
    class extends manual.Linear {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const rows = Array.from({ length: dy.shape[0] as number }, (_, i) => dy.slice(i).copy());
        this.dBias = this.bias && rows.reduce((sum, row) => sum.add(row));
        return dx;
      }
    },
    /no samples/,
  ),
  wrong(
    "Conv2d",
    "db over at most 8 images",
    class extends manual.Conv2d {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dBias = this.bias && dy.slice([0, 8]).sum([0, 2, 3]);
        return dx;
      }
    },
    /70 samples/,
  ),
  wrong(
    "Conv2d",
    "with groups, db of the first C of the M channels",
    class extends manual.Conv2d {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const [M, C] = [dy.shape[1] as number, dx.shape[1] as number];
        if (this.bias && this.groups > 1 && M > C) {
          const first = dy.sum([0, 2, 3]).slice([0, C]);
          this.dBias = concatenate([first, zeros([M - C])]);
        }
        return dx;
      }
    },
    /groups 2/,
  ),
  wrong(
    "Conv2d",
    "paddingMode replicate reflects",
    class extends manual.Conv2d {
      constructor(c: number, m: number, k: number, { paddingMode = "zeros", ...options }: ConvOptions = {}) {
        super(c, m, k, { ...options, paddingMode: paddingMode === "replicate" ? "reflect" : paddingMode });
      }
    },
    /paddingMode replicate/,
  ),
  wrong(
    "Conv1d",
    'padding "same" for dilation 1',
    class extends manual.Conv1d {
      constructor(c: number, m: number, k: number, options: ConvOptions<number> = {}) {
        const isSame = options.padding === "same" && (options.dilation ?? 1) > 1;
        super(c, m, k, isSame ? { ...options, padding: Math.floor((k - 1) / 2) } : options);
      }
    },
    /padding same, dilation 2/,
  ),
  wrong(
    "MaxPool2d",
    "ceilMode also makes windows that begin in the padding after the image",
    class extends manual.MaxPool2d {
      readonly options: MaxPoolOptions;
      constructor(k: number, options: MaxPoolOptions = {}) {
        super(k, options);
        this.options = options;
      }
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        const { kernel, stride, padding, dilation } = this.pool;
        const reach = dilation[0] * (kernel[0] - 1) + 1;
        const rows = Math.ceil(((x.shape[2] as number) + 2 * padding[0] - reach) / stride[0]) + 1;
        const more = this.options.ceilMode ? rows - (y.shape[2] as number) : 0;
        const [n, c, , w] = y.shape as [number, number, number, number];
        return more > 0 ? concatenate([y, zeros([n, c, more, w])], 2) : y;
      }
    },
    /ceilMode at the border/,
  ),
];
