import { Layer } from "chalk-and-tape/manual";
import { array, type NDArray, ones, sqrt, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

/** One-line dx of the paper's chain, for arrays of N rows. */
function dxOf(dxhat: NDArray, xhat: NDArray, inverse: NDArray, axis: number): NDArray {
  const N = xhat.shape[axis] as number;
  return dxhat
    .mul(N)
    .sub(dxhat.sum(axis, true))
    .sub(xhat.mul(dxhat.mul(xhat).sum(axis, true)))
    .mul(inverse)
    .div(N);
}

class GammaBeta {
  gamma: NDArray;
  beta: NDArray;
  dgamma: NDArray | null = null;
  dbeta: NDArray | null = null;
  training = true;
  mean: NDArray;
  variance: NDArray;
  cache: NDArray[] = [];
  constructor(features: number) {
    this.gamma = ones([features]);
    this.beta = zeros([features]);
    this.mean = zeros([features]);
    this.variance = ones([features]);
  }
  forward(x: NDArray): NDArray {
    let [mu, v] = [this.mean, this.variance];
    if (this.training) {
      const N = x.shape[0] as number;
      mu = x.mean(0);
      v = x.sub(mu).pow(2).mean(0);
      this.mean = this.mean.mul(0.9).add(mu.mul(0.1));
      this.variance = this.variance.mul(0.9).add(v.mul((0.1 * N) / (N - 1)));
    }
    const inverse = v.add(1e-5).pow(-0.5);
    const xhat = x.sub(mu).mul(inverse);
    this.cache = [xhat, inverse];
    return xhat.mul(this.gamma).add(this.beta);
  }
  backward(dy: NDArray): NDArray {
    const [xhat, inverse] = this.cache as [NDArray, NDArray];
    this.dgamma = dy.mul(xhat).sum(0);
    this.dbeta = dy.sum(0);
    const dxhat = dy.mul(this.gamma);
    return this.training ? dxOf(dxhat, xhat, inverse, 0) : dxhat.mul(inverse);
  }
}

class StepByStep extends Layer {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  runningMean: NDArray;
  runningVar: NDArray;
  steps: Record<string, NDArray> = {};
  constructor(features: number) {
    super();
    this.weight = ones([features]);
    this.bias = zeros([features]);
    this.runningMean = zeros([features]);
    this.runningVar = ones([features]);
  }
  forward(x: NDArray): NDArray {
    const N = x.shape[0] as number;
    if (!this.training) {
      const std = sqrt(this.runningVar.add(1e-5));
      this.steps = { xhat: x.sub(this.runningMean).div(std), std };
      return (this.steps.xhat as NDArray).mul(this.weight).add(this.bias);
    }
    const mu = x.sum(0).div(N);
    const xmu = x.sub(mu);
    const v = xmu.mul(xmu).sum(0).div(N);
    const std = sqrt(v.add(1e-5));
    this.steps = { xmu, std, xhat: xmu.div(std) };
    this.runningMean.copyFrom(this.runningMean.mul(0.9).add(mu.mul(0.1)));
    this.runningVar.copyFrom(this.runningVar.mul(0.9).add(v.mul((0.1 * N) / (N - 1))));
    return (this.steps.xhat as NDArray).mul(this.weight).add(this.bias);
  }
  backward(dy: NDArray): NDArray {
    const { xhat, xmu, std } = this.steps as { xhat: NDArray; xmu?: NDArray; std: NDArray };
    this.dWeight = xhat.mul(dy).sum(0);
    this.dBias = dy.sum(0);
    const dxhat = dy.mul(this.weight);
    if (!xmu) return dxhat.div(std);
    const N = dy.shape[0] as number;
    const dstd = dxhat.mul(xmu).sum(0).neg().div(std.mul(std));
    const dv = dstd.mul(0.5).div(std);
    const dxmu = dxhat.div(std).add(xmu.mul(dv).mul(2 / N));
    return dxmu.sub(dxmu.sum(0).div(N));
  }
}

class ThroughRows {
  gamma: NDArray;
  beta: NDArray;
  gradGamma: NDArray | null = null;
  gradBeta: NDArray | null = null;
  training = true;
  running = { mean: zeros([1]), variance: ones([1]) };
  last: { xhat: NDArray; inverse: NDArray; shape: readonly number[] } | null = null;
  constructor(channels: number) {
    this.gamma = ones([channels]);
    this.beta = zeros([channels]);
    this.running = { mean: zeros([channels]), variance: ones([channels]) };
  }
  #rows(x: NDArray): NDArray {
    return x.transpose([0, 2, 3, 1]).reshape(-1, this.gamma.size);
  }
  #images(rows: NDArray, [N, C, H, W]: readonly number[]): NDArray {
    return rows.reshape(N as number, H as number, W as number, C as number).transpose([0, 3, 1, 2]);
  }
  forward(x: NDArray): NDArray {
    const rows = this.#rows(x);
    const M = rows.shape[0] as number;
    const mu = this.training ? rows.mean(0) : this.running.mean;
    const v = this.training ? rows.var(0) : this.running.variance;
    if (this.training)
      this.running = {
        mean: this.running.mean.add(mu.sub(this.running.mean).mul(0.1)),
        variance: this.running.variance.add(
          v
            .mul(M / (M - 1))
            .sub(this.running.variance)
            .mul(0.1),
        ),
      };
    const inverse = v.add(1e-5).pow(-0.5);
    const xhat = rows.sub(mu).mul(inverse);
    this.last = { xhat, inverse, shape: x.shape };
    return this.#images(xhat.mul(this.gamma).add(this.beta), x.shape);
  }
  backward(dy: NDArray): NDArray {
    const { xhat, inverse, shape } = this.last as NonNullable<ThroughRows["last"]>;
    const d = this.#rows(dy);
    this.gradGamma = d.mul(xhat).sum(0);
    this.gradBeta = d.sum(0);
    const dxhat = d.mul(this.gamma);
    return this.#images(this.training ? dxOf(dxhat, xhat, inverse, 0) : dxhat.mul(inverse), shape);
  }
}

class RowByRow {
  scale: NDArray;
  shift: NDArray;
  d_scale: NDArray | null = null;
  d_shift: NDArray | null = null;
  xhat: NDArray = zeros([1]);
  sigmas: number[] = [];
  constructor(features: number) {
    this.scale = ones([features]);
    this.shift = zeros([features]);
  }
  forward(x: NDArray): NDArray {
    const [N, D] = x.shape as [number, number];
    this.xhat = zeros([N, D]);
    this.sigmas = [];
    for (let n = 0; n < N; n++) {
      const row = Array.from({ length: D }, (_, i) => x.item(n, i));
      const mu = row.reduce((a, b) => a + b) / D;
      const sigma = Math.sqrt(row.reduce((a, b) => a + (b - mu) ** 2, 0) / D + 1e-5);
      this.sigmas.push(sigma);
      for (const [i, v] of row.entries()) this.xhat.flat()[n * D + i] = (v - mu) / sigma;
    }
    return this.xhat.mul(this.scale).add(this.shift);
  }
  backward(dy: NDArray): NDArray {
    this.d_scale = dy.mul(this.xhat).sum(0);
    this.d_shift = dy.sum(0);
    const g = dy.mul(this.scale);
    const inner = g.sub(g.mean(1, true)).sub(this.xhat.mul(g.mul(this.xhat).mean(1, true)));
    return inner.div(array(this.sigmas).reshape(-1, 1));
  }
}

class AsMatrices {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  projected: NDArray = zeros([1]);
  sigma: NDArray = zeros([1]);
  constructor(features: number) {
    this.weight = ones([features]);
    this.bias = zeros([features]);
  }
  forward(x: NDArray): NDArray {
    const D = x.shape[1] as number;
    this.projected = x.sub(x.matmul(ones([D, D]).div(D)));
    this.sigma = sqrt(this.projected.pow(2).mean(1, true).add(1e-5));
    return this.projected.div(this.sigma).mul(this.weight).add(this.bias);
  }
  backward(dy: NDArray): NDArray {
    const D = dy.shape[1] as number;
    const xhat = this.projected.div(this.sigma);
    this.dWeight = dy.mul(xhat).sum(0);
    this.dBias = dy.sum(0);
    const g = dy.mul(this.weight);
    const p = g.sub(xhat.mul(g.mul(xhat).sum(1, true)).div(D)).div(this.sigma);
    return p.sub(p.mean(1, true));
  }
}

class InGroups {
  gamma: NDArray;
  beta: NDArray;
  dGamma: NDArray | null = null;
  dBeta: NDArray | null = null;
  groups: number;
  cache: NDArray[] = [];
  constructor(groups: number, channels: number) {
    this.groups = groups;
    this.gamma = ones([channels]);
    this.beta = zeros([channels]);
  }
  forward(x: NDArray): NDArray {
    const [N] = x.shape as [number];
    const g = x.reshape(N, this.groups, -1);
    const centred = g.sub(g.mean(2, true));
    const inverse = centred.pow(2).mean(2, true).add(1e-5).pow(-0.5);
    const xhat = centred.mul(inverse).reshape(...x.shape);
    this.cache = [xhat, inverse];
    return xhat.mul(this.gamma.reshape(-1, 1, 1)).add(this.beta.reshape(-1, 1, 1));
  }
  backward(dy: NDArray): NDArray {
    const [xhat, inverse] = this.cache as [NDArray, NDArray];
    this.dGamma = dy.mul(xhat).sum([0, 2, 3]);
    this.dBeta = dy.sum([0, 2, 3]);
    const N = dy.shape[0] as number;
    const g = dy.mul(this.gamma.reshape(-1, 1, 1)).reshape(N, this.groups, -1);
    const h = xhat.reshape(N, this.groups, -1);
    return dxOf(g, h, inverse, 2).reshape(...dy.shape);
  }
}

export const normalizations: readonly RightProgram[] = [
  {
    what: "gamma and beta, statistics replaced by new arrays, extends nothing",
    name: "BatchNorm1d",
    student: GammaBeta,
  },
  { what: "the graph step by step, statistics in place", name: "BatchNorm1d", student: StepByStep },
  { what: "pixels as rows, statistics in a dictionary", name: "BatchNorm2d", student: ThroughRows },
  { what: "row by row, scale and shift", name: "LayerNorm", student: RowByRow },
  { what: "the mean as a matrix product", name: "LayerNorm", student: AsMatrices },
  { what: "groups by reshape", name: "GroupNorm", student: InGroups },
];
