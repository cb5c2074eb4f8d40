import { Layer } from "chalk-and-tape/manual";
import { array, type NDArray, pad, type Random, random, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

type Four = [number, number, number, number];

/** The flat index of an element of a 4-dimensional array. */
const at = ([, C, H, W]: readonly number[], n: number, c: number, h: number, w: number): number =>
  ((n * (C as number) + c) * (H as number) + h) * (W as number) + w;

class ConvLoops {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  constructor(inC: number, outC: number, k: number, { rng = random(0) }: { rng?: Random } = {}) {
    this.W = rng.normal(0, 1 / k, [outC, inC, k, k]);
    this.b = zeros([outC]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    const [N, C, H, V] = x.shape as Four;
    const [M, , K] = this.W.shape as Four;
    const y = zeros([N, M, H - K + 1, V - K + 1]);
    const [X, F, Y] = [x.flat(), this.W.flat(), y.flat()];
    this.#each(y, (n, m, i, j, o) => {
      let sum = this.b.item(m);
      for (let k = 0; k < K; k++)
        for (let l = 0; l < K; l++)
          for (let c = 0; c < C; c++)
            sum +=
              (X[at(x.shape, n, c, i + k, j + l)] as number) * (F[at(this.W.shape, m, c, k, l)] as number);
      Y[o] = sum;
    });
    return y;
  }
  #each(y: NDArray, visit: (n: number, m: number, i: number, j: number, o: number) => void): void {
    const [N, M, H, V] = y.shape as Four;
    for (let n = 0; n < N; n++)
      for (let m = 0; m < M; m++)
        for (let i = 0; i < H; i++) for (let j = 0; j < V; j++) visit(n, m, i, j, at(y.shape, n, m, i, j));
  }
  backward(dy: NDArray): NDArray {
    const x = this.x as NDArray;
    const [, C, K] = this.W.shape as Four;
    const [dx, dW, db] = [zeros(x.shape), zeros(this.W.shape), zeros(this.b.shape)];
    const [X, F, D] = [x.flat(), this.W.flat(), dy.flat()];
    const add = (to: NDArray, i: number, value: number): void => {
      to.flat()[i] = (to.flat()[i] as number) + value;
    };
    this.#each(dy, (n, m, i, j, o) => {
      const d = D[o] as number;
      add(db, m, d);
      for (let c = 0; c < C; c++)
        for (let k = 0; k < K; k++)
          for (let l = 0; l < K; l++) {
            const [p, q] = [at(x.shape, n, c, i + k, j + l), at(this.W.shape, m, c, k, l)];
            add(dW, q, d * (X[p] as number));
            add(dx, p, d * (F[q] as number));
          }
    });
    this.dW = dW;
    this.db = db;
    return dx;
  }
}

class ConvShifts extends Layer {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  patches: NDArray[] = [];
  size: readonly number[] = [];
  constructor(inC: number, outC: number, k: number) {
    super();
    this.weight = random(3).uniform(-1, 1, [outC, inC, k, k]);
    this.bias = random(4).uniform(-1, 1, [outC]);
  }
  forward(x: NDArray): NDArray {
    const [N, C, H, W] = x.shape as Four;
    const [M, , K] = this.weight.shape as Four;
    this.size = x.shape;
    this.patches = [];
    const [oh, ow] = [H - K + 1, W - K + 1];
    let y = zeros([N * oh * ow, M]);
    for (let k = 0; k < K; k++)
      for (let l = 0; l < K; l++) {
        const patch = x
          .slice(null, null, [k, k + oh], [l, l + ow])
          .transpose([0, 2, 3, 1])
          .reshape(-1, C);
        this.patches.push(patch);
        y = y.add(patch.matmul(this.weight.slice(null, null, k, l).T));
      }
    return y.add(this.bias).reshape(N, oh, ow, M).transpose([0, 3, 1, 2]);
  }
  backward(dy: NDArray): NDArray {
    const [N, C, H, W] = this.size as Four;
    const [M, , K] = this.weight.shape as Four;
    const [, , oh, ow] = dy.shape as Four;
    const rows = dy.transpose([0, 2, 3, 1]).reshape(-1, M);
    this.dBias = rows.sum(0);
    const dW = zeros(this.weight.shape);
    let dx = zeros([N, C, H, W]);
    for (const [i, patch] of this.patches.entries()) {
      const [k, l] = [Math.floor(i / K), i % K];
      const d = rows.T.matmul(patch);
      for (let m = 0; m < M; m++)
        for (let c = 0; c < C; c++) dW.flat()[at(dW.shape, m, c, k, l)] = d.item(m, c);
      const back = rows
        .matmul(this.weight.slice(null, null, k, l))
        .reshape(N, oh, ow, C)
        .transpose([0, 3, 1, 2]);
      dx = dx.add(
        pad(back, [
          [0, 0],
          [0, 0],
          [k, H - oh - k],
          [l, W - ow - l],
        ]),
      );
    }
    this.dWeight = dW;
    return dx;
  }
}

class MaxByLoops {
  k: number;
  winners: number[] = [];
  shape: readonly number[] = [];
  constructor(k: number) {
    this.k = k;
  }
  forward(x: NDArray): NDArray {
    const [N, C, H, W] = x.shape as Four;
    const [oh, ow] = [Math.floor(H / this.k), Math.floor(W / this.k)];
    this.winners = [];
    this.shape = x.shape;
    const values: number[] = [];
    for (let n = 0; n < N; n++)
      for (let c = 0; c < C; c++)
        for (let i = 0; i < oh; i++)
          for (let j = 0; j < ow; j++) {
            let best = at(x.shape, n, c, i * this.k, j * this.k);
            for (let k = 0; k < this.k; k++)
              for (let l = 0; l < this.k; l++) {
                const other = at(x.shape, n, c, i * this.k + k, j * this.k + l);
                if ((x.flat()[other] as number) > (x.flat()[best] as number)) best = other;
              }
            this.winners.push(best);
            values.push(x.flat()[best] as number);
          }
    return array(values).reshape(N, C, oh, ow);
  }
  backward(dy: NDArray): NDArray {
    const dx = zeros(this.shape);
    for (const [o, i] of this.winners.entries())
      dx.flat()[i] = (dx.flat()[i] as number) + (dy.flat()[o] as number);
    return dx;
  }
}

class AverageByReshape {
  k: number;
  shape: readonly number[] = [];
  constructor(k: number) {
    this.k = k;
  }
  forward(x: NDArray): NDArray {
    const [N, C, H, W] = x.shape as Four;
    const [oh, ow] = [Math.floor(H / this.k), Math.floor(W / this.k)];
    this.shape = x.shape;
    const whole = x.slice(null, null, [0, oh * this.k], [0, ow * this.k]);
    return whole.reshape(N, C, oh, this.k, ow, this.k).mean(5).mean(3);
  }
  backward(dy: NDArray): NDArray {
    const dx = zeros(this.shape);
    const [N, C, oh, ow] = dy.shape as Four;
    for (let n = 0; n < N; n++)
      for (let c = 0; c < C; c++)
        for (let i = 0; i < oh * this.k; i++)
          for (let j = 0; j < ow * this.k; j++)
            dx.flat()[at(dx.shape, n, c, i, j)] =
              dy.item(n, c, Math.floor(i / this.k), Math.floor(j / this.k)) / this.k ** 2;
    return dx;
  }
}

class Conv1dLoops {
  kernel: NDArray;
  bias: NDArray;
  kernelGrad: NDArray | null = null;
  biasGrad: NDArray | null = null;
  caches: { x?: NDArray } = {};
  constructor(inC: number, outC: number, k: number) {
    this.kernel = random(1).normal(0, 1, [outC, inC, k]);
    this.bias = random(2).normal(0, 1, [outC]);
  }
  forward(x: NDArray): NDArray {
    this.caches.x = x;
    const [N, , L] = x.shape as [number, number, number];
    const [M, , K] = this.kernel.shape as [number, number, number];
    const steps = Array.from({ length: L - K + 1 }, (_, i) =>
      x
        .slice(null, null, [i, i + K])
        .reshape(N, -1)
        .matmul(this.kernel.reshape(M, -1).T)
        .add(this.bias),
    );
    const y = zeros([N, M, steps.length]);
    for (const [i, step] of steps.entries())
      for (let n = 0; n < N; n++)
        for (let m = 0; m < M; m++) y.flat()[(n * M + m) * steps.length + i] = step.item(n, m);
    return y;
  }
  backward(dy: NDArray): NDArray {
    const x = this.caches.x as NDArray;
    const [N, C, L] = x.shape as [number, number, number];
    const [M, , K] = this.kernel.shape as [number, number, number];
    let [dx, dK] = [zeros([N, C, L]), zeros([M, C * K])];
    for (let i = 0; i + K <= L; i++) {
      const d = dy.slice(null, null, i);
      dK = dK.add(d.T.matmul(x.slice(null, null, [i, i + K]).reshape(N, -1)));
      dx = dx.add(
        pad(d.matmul(this.kernel.reshape(M, -1)).reshape(N, C, K), [
          [0, 0],
          [0, 0],
          [i, L - K - i],
        ]),
      );
    }
    this.kernelGrad = dK.reshape(M, C, K);
    this.biasGrad = dy.sum([0, 2]);
    return dx;
  }
}

class Global {
  shape: Four = [0, 0, 0, 0];
  forward(x: NDArray): NDArray {
    this.shape = x.shape as Four;
    return x.mean([2, 3], true);
  }
  backward(dy: NDArray): NDArray {
    const [, , H, W] = this.shape;
    return dy
      .div(H * W)
      .broadcastTo(this.shape)
      .copy();
  }
}

export const images: readonly RightProgram[] = [
  { what: "seven loops, W and b", name: "Conv2d", student: ConvLoops },
  { what: "one matrix product per kernel element, patches in a list", name: "Conv2d", student: ConvShifts },
  { what: "loops that remember the winners", name: "MaxPool2d", student: MaxByLoops },
  { what: "reshape and two means", name: "AvgPool2d", student: AverageByReshape },
  { what: "one window after the other, kernelGrad and biasGrad", name: "Conv1d", student: Conv1dLoops },
  { what: "the mean over the image, without the size", name: "AdaptiveAvgPool2d", student: Global },
];
