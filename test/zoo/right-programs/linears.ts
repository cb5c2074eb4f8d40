import { Layer } from "chalk-and-tape/manual";
import { array, concatenate, type NDArray, ones, type Random, random, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

interface Options {
  readonly rng?: Random;
  readonly bias?: boolean;
}

class OwnStart {
  W: NDArray;
  b: NDArray;
  declare x: NDArray;
  declare dW: NDArray;
  declare db: NDArray;
  constructor(inputs: number, outputs: number) {
    this.W = random(42).normal(0, 0.1, [inputs, outputs]);
    this.b = zeros([outputs]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this.dW = this.x.T.matmul(dy);
    this.db = dy.sum(0);
    return dy.matmul(this.W.T);
  }
}

class KeepsEverything extends Layer {
  weight: NDArray;
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  x: NDArray | null = null;
  dX: NDArray | null = null;
  y: NDArray | null = null;
  dY: NDArray | null = null;
  constructor(inputs: number, outputs: number, { rng = random(0), bias = true }: Options = {}) {
    super();
    this.weight = rng.normal(0, Math.sqrt(2 / inputs), [outputs, inputs]);
    this.bias = bias ? rng.normal(0, 1, [outputs]) : null;
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    this.y = x.matmul(this.weight.T);
    if (this.bias) this.y = this.y.add(this.bias);
    return this.y;
  }
  backward(dy: NDArray): NDArray {
    this.dY = dy;
    const [outputs, inputs] = this.weight.shape as [number, number];
    const rows = dy.reshape(-1, outputs);
    this.dWeight = rows.T.matmul((this.x as NDArray).reshape(-1, inputs));
    if (this.bias) this.dBias = rows.sum(0);
    this.dX = dy.matmul(this.weight);
    return this.dX;
  }
}

class Theta {
  theta: NDArray;
  grad_theta: NDArray | null = null;
  #withOnes: NDArray = zeros([1, 1]);
  constructor(inputs: number, outputs: number, { rng = random(1) }: Options) {
    this.theta = rng.uniform(-0.5, 0.5, [outputs, inputs]);
    this.bias = rng.uniform(-0.5, 0.5, [outputs]);
  }
  bias: NDArray;
  grad_bias: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#withOnes = concatenate([x, ones([x.shape[0] as number, 1])], 1);
    return this.#withOnes.matmul(concatenate([this.theta, this.bias.reshape(-1, 1)], 1).T);
  }
  backward(dy: NDArray): NDArray {
    const both = dy.T.matmul(this.#withOnes);
    const D = this.theta.shape[1] as number;
    this.grad_theta = both.slice([0, both.shape[0] as number], [0, D]);
    this.grad_bias = both.slice([0, both.shape[0] as number], D);
    return dy.matmul(this.theta);
  }
}

class Loops {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray | undefined;
  dBias: NDArray | undefined;
  private cache: NDArray[] = [];
  constructor(n: number, m: number, { rng = random(2) }: Options) {
    this.weight = rng.normal(0, 1, [m, n]);
    this.bias = rng.normal(0, 1, [m]);
  }
  forward(x: NDArray): NDArray {
    this.cache = [x];
    const [N, D] = x.shape as [number, number];
    const M = this.bias.size;
    const [X, W, B] = [x.flat(), this.weight.flat(), this.bias.flat()];
    const y = zeros([N, M]);
    const Y = y.flat();
    for (let n = 0; n < N; n++)
      for (let m = 0; m < M; m++) {
        let sum = 0;
        for (let d = D - 1; d >= 0; d--) sum += (X[n * D + d] as number) * (W[m * D + d] as number);
        Y[n * M + m] = sum + (B[m] as number);
      }
    return y;
  }
  backward(dy: NDArray): NDArray {
    const [x] = this.cache as [NDArray];
    const [N, D] = x.shape as [number, number];
    const M = this.bias.size;
    const [dx, dW, db] = [zeros([N, D]), zeros([M, D]), zeros([M])];
    for (let n = N - 1; n >= 0; n--)
      for (let m = 0; m < M; m++) {
        const d = dy.item(n, m);
        db.flat()[m] = (db.flat()[m] as number) + d;
        for (let k = 0; k < D; k++) {
          dW.flat()[m * D + k] = (dW.flat()[m * D + k] as number) + d * x.item(n, k);
          dx.flat()[n * D + k] = (dx.flat()[n * D + k] as number) + d * this.weight.item(m, k);
        }
      }
    this.dWeight = dW;
    this.dBias = db;
    return dx;
  }
}

class Dictionaries {
  params: Record<string, NDArray>;
  grads: Record<string, NDArray> = {};
  cache: Record<string, NDArray> = {};
  constructor(n: number, m: number) {
    this.params = { W1: random(7).normal(0, 1, [n, m]), b1: zeros([m]) };
  }
  forward(x: NDArray): NDArray {
    const { W1, b1 } = this.params as { W1: NDArray; b1: NDArray };
    this.cache = { x };
    return x.matmul(W1).add(b1);
  }
  backward(dout: NDArray): NDArray {
    const { W1 } = this.params as { W1: NDArray };
    this.grads.W1 = (this.cache.x as NDArray).T.matmul(dout);
    this.grads.b1 = dout.sum(0);
    return dout.matmul(W1.T);
  }
}

class Maps {
  parameters_: Map<string, NDArray> = new Map();
  params: Map<string, NDArray>;
  grads: Map<string, NDArray> = new Map();
  #inputs: NDArray[] = [];
  constructor(n: number, m: number, { rng = random(3) }: Options) {
    this.params = new Map([
      ["kernel", rng.normal(0, 1, [n, m])],
      ["offset", rng.normal(0, 1, [m])],
    ]);
  }
  forward(x: NDArray): NDArray {
    this.#inputs.length = 0;
    this.#inputs.push(x);
    return x.matmul(this.params.get("kernel") as NDArray).add(this.params.get("offset") as NDArray);
  }
  backward(dy: NDArray): NDArray {
    this.grads.set("kernel", (this.#inputs[0] as NDArray).T.matmul(dy));
    this.grads.set("offset", dy.sum(0));
    return dy.matmul((this.params.get("kernel") as NDArray).T);
  }
}

class Lists {
  params: NDArray[];
  grads: NDArray[] = [];
  declare saved: NDArray;
  constructor(n: number, m: number) {
    this.params = [random(n).normal(0, 1, [n, m]), random(m).normal(0, 1, [m])];
  }
  forward(x: NDArray): NDArray {
    const [W, b] = this.params as [NDArray, NDArray];
    this.saved = x;
    return x.matmul(W).add(b);
  }
  backward(dy: NDArray): NDArray[] {
    this.grads = [this.saved.T.matmul(dy), dy.sum(0)];
    return [dy.matmul((this.params[0] as NDArray).T)];
  }
}

class ReturnsAll {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  constructor(n: number, m: number) {
    this.W = random(5).normal(0, 1, [n, m]);
    this.b = random(6).normal(0, 1, [1, m]).reshape(m);
  }
  forward(input: NDArray): NDArray {
    this.x = input;
    return input.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray[] {
    const dx = dy.matmul(this.W.T);
    this.dW = (this.x as NDArray).T.matmul(dy);
    this.db = ones([1, dy.shape[0] as number])
      .matmul(dy)
      .reshape(-1);
    return [dx, this.dW, this.db];
  }
}

/** A parameter with its gradient. */
class Param {
  data: NDArray;
  grad: NDArray | null = null;
  constructor(data: NDArray) {
    this.data = data;
  }
}

class OwnParameterClass {
  W: Param;
  b: Param;
  x: NDArray | null = null;
  constructor(n: number, m: number, { rng = random(4) }: Options) {
    this.W = new Param(rng.normal(0, 1, [m, n]));
    this.b = new Param(rng.normal(0, 1, [m]));
  }
  forward(x: NDArray): NDArray {
    this.x = x.copy();
    return x.matmul(this.W.data.T).add(this.b.data);
  }
  backward(dy: NDArray): NDArray {
    this.W.grad = dy.T.matmul(this.x as NDArray);
    this.b.grad = dy.sum(0);
    return dy.matmul(this.W.data);
  }
}

class MadeInForward {
  outputs: number;
  weight: NDArray | null = null;
  bias: NDArray | null = null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  x: NDArray | null = null;
  constructor(_inputs: number, outputs: number) {
    this.outputs = outputs;
  }
  forward(x: NDArray): NDArray {
    this.weight ??= random(11).normal(0, 1, [this.outputs, x.shape[1] as number]);
    this.bias ??= zeros([this.outputs]);
    this.x = x;
    return x.matmul(this.weight.T).add(this.bias);
  }
  backward(dy: NDArray, { input = true }: { input?: boolean } = {}): NDArray | null {
    this.dWeight = dy.T.matmul(this.x as NDArray);
    this.dBias = dy.sum(0);
    return input ? dy.matmul(this.weight as NDArray) : null;
  }
}

class OwnBuffers {
  weight: NDArray;
  bias: NDArray;
  dWeight: NDArray;
  dBias: NDArray;
  x: NDArray | null = null;
  constructor(n: number, m: number, { rng = random(8) }: Options) {
    this.weight = rng.normal(0, 1, [m, n]);
    this.bias = rng.normal(0, 1, [m]);
    this.dWeight = zeros([m, n]);
    this.dBias = zeros([m]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.weight.T).add(this.bias);
  }
  backward(dy: NDArray): NDArray {
    this.dWeight.copyFrom(dy.T.matmul(this.x as NDArray));
    this.dBias.copyFrom(dy.sum(0));
    return dy.matmul(this.weight);
  }
}

class Typed {
  weight: NDArray;
  bias: NDArray;
  weight_grad: NDArray | null = null;
  bias_grad: NDArray | null = null;
  private remembered: Float64Array = new Float64Array(0);
  private rows = 0;
  constructor(n: number, m: number) {
    const start = Array.from({ length: n * m }, (_, i) => Math.sin(3 * i + 1));
    this.weight = array(start).reshape(m, n);
    this.bias = array(Array.from({ length: m }, (_, i) => Math.cos(i)));
  }
  forward(x: NDArray): NDArray {
    this.remembered = Float64Array.from(x.flat());
    this.rows = x.shape[0] as number;
    return this.weight.matmul(x.T).T.add(this.bias);
  }
  backward(dy: NDArray): NDArray {
    const x = array([...this.remembered]).reshape(this.rows, -1);
    this.weight_grad = x.T.matmul(dy).T;
    this.bias_grad = dy.mean(0).mul(this.rows);
    return this.weight.T.matmul(dy.T).T;
  }
}

class RowBias {
  W: NDArray;
  b: NDArray;
  _kept: NDArray[] = [];
  grads: Record<string, NDArray> = {};
  constructor(n: number, m: number) {
    this.W = random(12).normal(0, 1, [n, m]);
    this.b = random(13).normal(0, 1, [1, m]);
  }
  forward(X: NDArray): NDArray {
    this._kept = [X.T, X.slice([0, 1]), X];
    return X.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this._kept[3] = dy.T;
    this.grads = { dW: (this._kept[0] as NDArray).matmul(dy), db: dy.sum(0, true) };
    return dy.matmul(this.W.T);
  }
}

class Underscores {
  _W: NDArray;
  _b: NDArray;
  declare _dW: NDArray;
  declare _db: NDArray;
  declare _x: NDArray;
  constructor(n: number, m: number) {
    this._W = random(14).normal(0, 1, [n, m]);
    this._b = random(15).normal(0, 1, [m]);
  }
  forward(x: NDArray): NDArray {
    this._x = x;
    return x.matmul(this._W).add(this._b);
  }
  backward(dy: NDArray): { dx: NDArray } {
    this._dW = this._x.T.matmul(dy);
    this._db = dy.sum(0);
    return { dx: dy.matmul(this._W.T) };
  }
}

class ReturnsDictionary {
  W: NDArray;
  b: NDArray;
  out: NDArray | null = null;
  x: NDArray | null = null;
  constructor(n: number, m: number) {
    this.W = random(16).normal(0, 1, [m, n]);
    this.b = random(17).normal(0, 1, [m, 1]);
  }
  forward(x: NDArray): NDArray {
    this.x = x.T;
    this.out = this.W.matmul(this.x).add(this.b);
    return this.out.T;
  }
  backward(dy: NDArray): Record<"dx" | "dW" | "db", NDArray> {
    const d = dy.T;
    return { dx: this.W.T.matmul(d).T, dW: d.matmul((this.x as NDArray).T), db: d.sum(1, true) };
  }
}

class ReturnsTuple {
  W: NDArray;
  b: NDArray;
  cache: [NDArray] | null = null;
  constructor(n: number, m: number) {
    this.W = random(18).normal(0, 1, [n, m]);
    this.b = random(19).normal(0, 1, [m]);
  }
  forward(x: NDArray): NDArray {
    this.cache = [x];
    return x.matmul(this.W).add(this.b);
  }
  backward(dout: NDArray): [dx: NDArray, dw: NDArray, db: NDArray] {
    const [x] = this.cache as [NDArray];
    return [dout.matmul(this.W.T), x.T.matmul(dout), dout.sum(0)];
  }
}

export const linears: readonly RightProgram[] = [
  {
    what: "own names, an own start, fields made in forward and backward, (in, out)",
    name: "Linear",
    student: OwnStart,
  },
  { what: "keeps x and dX, y and dY in its fields", name: "Linear", student: KeepsEverything, all: true },
  { what: "theta and grad_theta, the bias as one more column", name: "Linear", student: Theta },
  { what: "loops over flat arrays, sums from the end", name: "Linear", student: Loops },
  { what: "params and grads as dictionaries", name: "Linear", student: Dictionaries },
  { what: "params and grads as Maps", name: "Linear", student: Maps },
  { what: "params and grads as lists, returns [dx]", name: "Linear", student: Lists },
  { what: "returns [dx, dW, db]", name: "Linear", student: ReturnsAll },
  { what: "an own class of parameters, with data and grad", name: "Linear", student: OwnParameterClass },
  { what: "makes its weights in its first forward, takes { input }", name: "Linear", student: MadeInForward },
  { what: "writes gradients into buffers that it keeps", name: "Linear", student: OwnBuffers },
  {
    what: "a bias of shape (1, m), gradients dW and db in grads, keeps views of x and dy",
    name: "Linear",
    student: RowBias,
  },
  { what: "_W and _dW, returns { dx }", name: "Linear", student: Underscores },
  {
    what: "columns as samples, returns { dx, dW, db } and keeps none",
    name: "Linear",
    student: ReturnsDictionary,
  },
  { what: "returns [dx, dw, db] and keeps none", name: "Linear", student: ReturnsTuple },
  { what: "weights from typed arrays, gradients as views", name: "Linear", student: Typed },
];
