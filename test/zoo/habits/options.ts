import { Layer, Linear, ReLU } from "chalk-and-tape/manual";
import { type NDArray, ones, type Random, random, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";
import { LinearToFill } from "./remembered-too-long.ts";

interface Options {
  readonly input?: boolean;
}

class ReturnsEarly extends LinearToFill {
  override backward(dy: NDArray, { input = true }: Options = {}): NDArray {
    if (!input) return dy;
    return super.backward(dy);
  }
}
class NoBias extends LinearToFill {
  override backward(dy: NDArray, options: Options = {}): NDArray {
    const before = this.db;
    const dx = super.backward(dy);
    if (options.input === false) this.db = before;
    return dx;
  }
}
class ForgetsHalf extends LinearToFill {
  override backward(dy: NDArray, options?: Options): NDArray {
    const dx = super.backward(dy);
    if (options) this.dW = (this.dW as NDArray).div(dy.shape[0] as number).mul(0.5);
    return dx;
  }
}

class ConvOption {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  constructor(c: number, m: number, k: number) {
    this.W = random(1).normal(0, 1, [m, c, k, k]);
    this.b = zeros([m]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return new Windows(x, this.W).forward().add(this.b.reshape(-1, 1, 1));
  }
  backward(dy: NDArray, { input = true }: Options = {}): NDArray | null {
    const { dx, dW } = new Windows(this.x as NDArray, this.W).backward(dy);
    if (input) this.dW = dW;
    this.db = dy.sum([0, 2, 3]);
    return input ? dx : null;
  }
}

/** A convolution by loops. */
class Windows {
  x: NDArray;
  W: NDArray;
  constructor(x: NDArray, W: NDArray) {
    this.x = x;
    this.W = W;
  }
  each(visit: (n: number, m: number, c: number, i: number, j: number, k: number, l: number) => void): void {
    const [N, C, H, V] = this.x.shape as [number, number, number, number];
    const [M, , K] = this.W.shape as [number, number, number];
    for (let n = 0; n < N; n++)
      for (let m = 0; m < M; m++)
        for (let c = 0; c < C; c++)
          for (let i = 0; i <= H - K; i++)
            for (let j = 0; j <= V - K; j++)
              for (let k = 0; k < K; k++) for (let l = 0; l < K; l++) visit(n, m, c, i, j, k, l);
  }
  at({ shape }: NDArray, n: number, c: number, i: number, j: number): number {
    const [, C, H, V] = shape as [number, number, number, number];
    return ((n * C + c) * H + i) * V + j;
  }
  forward(): NDArray {
    const [N, , H, V] = this.x.shape as [number, number, number, number];
    const [M, , K] = this.W.shape as [number, number, number];
    const y = zeros([N, M, H - K + 1, V - K + 1]);
    const Y = y.flat();
    this.each((n, m, c, i, j, k, l) => {
      const o = this.at(y, n, m, i, j);
      Y[o] = (Y[o] as number) + this.x.item(n, c, i + k, j + l) * this.W.item(m, c, k, l);
    });
    return y;
  }
  backward(dy: NDArray): { dx: NDArray; dW: NDArray } {
    const [dx, dW] = [zeros(this.x.shape), zeros(this.W.shape)];
    const [X, F] = [dx.flat(), dW.flat()];
    this.each((n, m, c, i, j, k, l) => {
      const d = dy.item(n, m, i, j);
      const [p, q] = [this.at(dx, n, c, i + k, j + l), this.at(dW, m, c, k, l)];
      X[p] = (X[p] as number) + d * this.W.item(m, c, k, l);
      F[q] = (F[q] as number) + d * this.x.item(n, c, i + k, j + l);
    });
    return { dx, dW };
  }
}

class ToEveryLayer extends Layer {
  layers: (Linear | ReLU)[];
  constructor({ rng }: { rng: Random }) {
    super();
    const sizes = [2, 10, 10, 10, 1];
    this.layers = [0, 1, 2, 3].flatMap((i) => [
      new Linear(sizes[i] as number, sizes[i + 1] as number, { rng }),
      ...(i < 3 ? [new ReLU()] : []),
    ]);
  }
  forward(x: NDArray): NDArray {
    return this.layers.reduce((h, layer) => layer.forward(h), x);
  }
  backward(dy: NDArray, options: Options = {}): NDArray {
    return this.layers.reduceRight((d, layer) => layer.backward(d, options) as NDArray, dy);
  }
}

class NormOption {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  cache: NDArray[] = [];
  constructor(n: number) {
    this.weight = ones([n]);
    this.bias = zeros([n]);
  }
  forward(x: NDArray): NDArray {
    const inverse = x.var(1, true).add(1e-5).pow(-0.5);
    const xhat = x.sub(x.mean(1, true)).mul(inverse);
    this.cache = [xhat, inverse];
    return xhat.mul(this.weight).add(this.bias);
  }
  backward(dy: NDArray, options: Options = {}): NDArray | undefined {
    const [xhat, inverse] = this.cache as [NDArray, NDArray];
    if (options.input === false) return undefined;
    this.dWeight = dy.mul(xhat).sum(0);
    this.dBias = dy.sum(0);
    const g = dy.mul(this.weight);
    return g
      .sub(g.mean(1, true))
      .sub(xhat.mul(g.mul(xhat).mean(1, true)))
      .mul(inverse);
  }
}

const kind = "an option nobody used";
const says = /\{ input: false \}/;
export const unusedOptions: readonly HabitProgram[] = [
  { kind, what: "returns before dW", name: "Linear", student: ReturnsEarly, says },
  { kind, what: "leaves out db", name: "Linear", student: NoBias, says },
  { kind, what: "scales dW if there are options", name: "Linear", student: ForgetsHalf, says },
  { kind, what: "leaves out dW together with dx", name: "Conv2d", student: ConvOption, says },
  { kind, what: "passes the option to every layer", name: "MlpClassifier", student: ToEveryLayer, says },
  { kind, what: "returns before dWeight and dBias", name: "LayerNorm", student: NormOption, says },
];
