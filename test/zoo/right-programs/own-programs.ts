import { Layer, Linear, Sequential, Tanh } from "chalk-and-tape/manual";
import {
  concatenate,
  exp,
  log,
  maximum,
  type NDArray,
  oneHot,
  ones,
  type Random,
  random,
  sqrt,
  zeros,
} from "chalk-and-tape/np";
import { Dense } from "./networks.ts";
import type { OwnProgram } from "./program.ts";

class Scale {
  factor: number;
  constructor(factor: number) {
    this.factor = factor;
  }
  forward(x: NDArray): NDArray {
    return x.mul(this.factor);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(this.factor);
  }
}

class LearnedScale {
  s: NDArray = ones([1]).mul(1.5);
  ds: NDArray | null = null;
  x: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.mul(this.s);
  }
  backward(dy: NDArray): NDArray {
    this.ds = dy
      .mul(this.x as NDArray)
      .sum()
      .reshape(1);
    return dy.mul(this.s);
  }
}

class Swish extends Layer {
  beta: NDArray = ones([]);
  dBeta: NDArray | null = null;
  #x: NDArray = zeros([1]);
  #s: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    this.#x = x;
    this.#s = exp(x.mul(this.beta).neg()).add(1).pow(-1);
    return x.mul(this.#s);
  }
  backward(dy: NDArray): NDArray {
    const slope = this.#s.mul(this.#s.neg().add(1)); // σ′
    this.dBeta = dy.mul(this.#x.pow(2)).mul(slope).sum();
    return dy.mul(this.#s.add(this.#x.mul(this.beta).mul(slope)));
  }
}

class RMSNorm {
  g: NDArray;
  dg: NDArray | null = null;
  saved: { x: NDArray; r: NDArray } | null = null;
  constructor(n: number) {
    this.g = ones([n]);
  }
  forward(x: NDArray): NDArray {
    const r = x.pow(2).mean(1, true).add(1e-6).pow(-0.5);
    this.saved = { x, r };
    return x.mul(r).mul(this.g);
  }
  backward(dy: NDArray): NDArray {
    const { x, r } = this.saved as { x: NDArray; r: NDArray };
    this.dg = dy.mul(x).mul(r).sum(0);
    const h = dy.mul(this.g);
    return h.mul(r).sub(x.mul(r.pow(3)).mul(h.mul(x).mean(1, true)));
  }
}

class FocalLoss {
  gamma = 2;
  p: NDArray = zeros([1]);
  hot: NDArray = zeros([1]);
  forward(x: NDArray, target: NDArray): NDArray {
    const e = exp(x.sub(x.max(1, true)));
    this.p = e.div(e.sum(1, true));
    this.hot = oneHot(target, x.shape[1] as number);
    const pt = this.p.mul(this.hot).sum(1, true);
    return pt.neg().add(1).pow(this.gamma).mul(log(pt)).mean().neg();
  }
  backward(dy: NDArray | number = 1): NDArray {
    const pt = this.p.mul(this.hot).sum(1, true);
    const q = pt.neg().add(1);
    const dpt = q
      .mul(this.gamma)
      .mul(log(pt))
      .sub(q.pow(2).div(pt))
      .div(pt.shape[0] as number);
    return dpt.mul(pt).mul(this.hot.sub(this.p)).mul(dy);
  }
}

class LogCosh {
  d: NDArray | null = null;
  forward(prediction: NDArray, truth: NDArray): NDArray {
    this.d = prediction.sub(truth);
    return log(exp(this.d).add(exp(this.d.neg())).mul(0.5)).sum();
  }
  backward(): NDArray {
    const e = exp((this.d as NDArray).mul(2));
    return e.sub(1).div(e.add(1));
  }
}

/** Attention of a sequence (N, D) to itself, one head. */
class SelfAttention {
  Wq: NDArray;
  Wk: NDArray;
  Wv: NDArray;
  dWq: NDArray | null = null;
  dWk: NDArray | null = null;
  dWv: NDArray | null = null;
  cache: Record<string, NDArray> = {};
  constructor(n: number, rng: Random) {
    this.Wq = rng.normal(0, 0.5, [n, n]);
    this.Wk = rng.normal(0, 0.5, [n, n]);
    this.Wv = rng.normal(0, 0.5, [n, n]);
  }
  forward(x: NDArray): NDArray {
    const [q, k, v] = [x.matmul(this.Wq), x.matmul(this.Wk), x.matmul(this.Wv)];
    const scores = q.matmul(k.T).div(Math.sqrt(x.shape[1] as number));
    const e = exp(scores.sub(scores.max(1, true)));
    const a = e.div(e.sum(1, true));
    this.cache = { x, q, k, v, a };
    return a.matmul(v);
  }
  backward(dy: NDArray): NDArray {
    const { x, q, k, v, a } = this.cache as Record<"x" | "q" | "k" | "v" | "a", NDArray>;
    const da = dy.matmul(v.T);
    const ds = a.mul(da.sub(da.mul(a).sum(1, true))).div(Math.sqrt(x.shape[1] as number));
    const [dq, dk, dv] = [ds.matmul(k), ds.T.matmul(q), a.T.matmul(dy)];
    this.dWq = x.T.matmul(dq);
    this.dWk = x.T.matmul(dk);
    this.dWv = x.T.matmul(dv);
    return dq.matmul(this.Wq.T).add(dk.matmul(this.Wk.T)).add(dv.matmul(this.Wv.T));
  }
}

class Gate {
  a: NDArray | null = null;
  b: NDArray | null = null;
  forward(a: NDArray, b: NDArray): NDArray {
    this.a = a;
    this.b = b;
    return a.mul(exp(b.neg()).add(1).pow(-1));
  }
  backward(dy: NDArray): NDArray[] {
    const s = exp((this.b as NDArray).neg())
      .add(1)
      .pow(-1);
    return [
      dy.mul(s),
      dy
        .mul(this.a as NDArray)
        .mul(s)
        .mul(s.neg().add(1)),
    ];
  }
}

/** A recurrent cell over the rows of x, unrolled. */
class Recurrent {
  U: NDArray;
  W: NDArray;
  dU: NDArray | null = null;
  dW: NDArray | null = null;
  states: NDArray[] = [];
  x: NDArray | null = null;
  constructor(n: number, h: number, rng: Random) {
    this.U = rng.normal(0, 0.5, [n, h]);
    this.W = rng.normal(0, 0.5, [h, h]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    this.states = [zeros([1, this.W.shape[0] as number])];
    for (let t = 0; t < (x.shape[0] as number); t++) {
      const z = x
        .slice([t, t + 1])
        .matmul(this.U)
        .add((this.states[t] as NDArray).matmul(this.W));
      const e = exp(z.mul(2));
      this.states.push(e.sub(1).div(e.add(1)));
    }
    return concatenate(this.states.slice(1));
  }
  backward(dy: NDArray): NDArray {
    const x = this.x as NDArray;
    let [dU, dW, dh] = [zeros(this.U.shape), zeros(this.W.shape), zeros([1, this.W.shape[0] as number])];
    const dxs: NDArray[] = [];
    for (let t = (x.shape[0] as number) - 1; t >= 0; t--) {
      const h = this.states[t + 1] as NDArray;
      const dz = dy
        .slice([t, t + 1])
        .add(dh)
        .mul(h.mul(h).neg().add(1));
      dU = dU.add(x.slice([t, t + 1]).T.matmul(dz));
      dW = dW.add((this.states[t] as NDArray).T.matmul(dz));
      dxs.unshift(dz.matmul(this.U.T));
      dh = dz.matmul(this.W.T);
    }
    this.dU = dU;
    this.dW = dW;
    return concatenate(dxs);
  }
}

class Centre {
  forward(x: NDArray): NDArray {
    return x.sub(x.mean(1, true));
  }
  backward(dy: NDArray): NDArray {
    return dy.sub(dy.mean(1, true));
  }
}

class UnitLength {
  x: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.div(sqrt(x.pow(2).sum(1, true)));
  }
  backward(dy: NDArray): NDArray {
    const x = this.x as NDArray;
    const n = sqrt(x.pow(2).sum(1, true));
    const u = x.div(n);
    return dy.sub(u.mul(u.mul(dy).sum(1, true))).div(n);
  }
}

class Maxout {
  left: Dense;
  right: Dense;
  first: NDArray | null = null;
  constructor(n: number, m: number, rng: Random) {
    this.left = new Dense(n, m, rng);
    this.right = new Dense(n, m, rng);
  }
  forward(x: NDArray): NDArray {
    const [a, b] = [this.left.forward(x), this.right.forward(x)];
    this.first = a.greater(b).astype("float64");
    return maximum(a, b);
  }
  backward(dy: NDArray): NDArray {
    const first = this.first as NDArray;
    const dl = this.left.backward(dy.mul(first));
    return dl.add(this.right.backward(dy.mul(first.neg().add(1))));
  }
}

class DenseBlock extends Layer {
  body: Sequential;
  n: number;
  constructor(n: number, rng: Random) {
    super();
    this.n = n;
    this.body = new Sequential(new Linear(n, 2, { rng }), new Tanh());
  }
  forward(x: NDArray): NDArray {
    return concatenate([x, this.body.forward(x)], 1);
  }
  backward(dy: NDArray): NDArray {
    return dy.slice(null, [0, this.n]).add(this.body.backward(dy.slice(null, [this.n, this.n + 2]).copy()));
  }
}

/** A network with its loss in one object. */
class Regression {
  model: { first: Dense; second: Dense };
  hidden: NDArray | null = null;
  error: NDArray | null = null;
  constructor(rng: Random) {
    this.model = { first: new Dense(3, 4, rng), second: new Dense(4, 1, rng) };
  }
  forward(x: NDArray, target: NDArray): NDArray {
    this.hidden = maximum(this.model.first.forward(x), 0);
    this.error = this.model.second.forward(this.hidden).sub(target);
    return this.error.pow(2).sum().mul(0.5);
  }
  backward(): NDArray {
    const d = this.model.second.backward(this.error as NDArray);
    return this.model.first.backward(d.mul((this.hidden as NDArray).greater(0)));
  }
}

class WeightNorm {
  v: NDArray;
  g: NDArray;
  dv: NDArray | null = null;
  dg: NDArray | null = null;
  cache: NDArray[] = [];
  constructor(n: number, m: number, rng: Random) {
    this.v = rng.normal(0, 1, [m, n]);
    this.g = rng.uniform(0.5, 2, [m]);
  }
  forward(x: NDArray): NDArray {
    const norm = sqrt(this.v.pow(2).sum(1, true));
    const u = this.v.div(norm);
    this.cache = [x, norm, u];
    return x.matmul(u.mul(this.g.reshape(-1, 1)).T);
  }
  backward(dy: NDArray): NDArray {
    const [x, norm, u] = this.cache as [NDArray, NDArray, NDArray];
    const dw = dy.T.matmul(x);
    this.dg = dw.mul(u).sum(1);
    const scaled = dw.mul(this.g.reshape(-1, 1));
    this.dv = scaled.sub(u.mul(scaled.mul(u).sum(1, true))).div(norm);
    return dy.matmul(u.mul(this.g.reshape(-1, 1)));
  }
}

class Quadratic {
  coefficients: number[];
  declare x: NDArray;
  declare dx: NDArray;
  constructor(...coefficients: number[]) {
    this.coefficients = coefficients;
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    const [a = 0, b = 0, c = 0] = this.coefficients;
    return x.mul(a).add(b).mul(x).add(c);
  }
  backward(dy: NDArray): NDArray {
    const [a = 0, b = 0] = this.coefficients;
    this.dx = this.x
      .mul(2 * a)
      .add(b)
      .mul(dy);
    return this.dx;
  }
}

export const ownPrograms: readonly OwnProgram[] = [
  { what: "Scale, which remembers nothing", make: () => new Scale(3) },
  { what: "LearnedScale, one parameter s", make: () => new LearnedScale() },
  { what: "Swish with a scalar beta", make: () => new Swish() },
  { what: "RMSNorm", make: () => new RMSNorm(5) },
  {
    what: "FocalLoss of class indices",
    make: () => new FocalLoss(),
    inputs: (rng) => [rng.normal(0, 1, [4, 3]), rng.choice(3, 4).astype("int32")],
  },
  { what: "LogCosh, backward() without dy", make: () => new LogCosh() },
  { what: "SelfAttention", make: (rng) => new SelfAttention(3, rng) },
  {
    what: "Gate of two inputs, returns [da, db]",
    make: () => new Gate(),
    inputs: (rng) => [rng.normal(0, 1, [3, 2]), rng.normal(0, 1, [3, 2])],
  },
  { what: "Recurrent, unrolled", make: (rng) => new Recurrent(3, 2, rng) },
  { what: "Centre, which remembers nothing", make: () => new Centre() },
  { what: "UnitLength", make: () => new UnitLength() },
  { what: "Maxout of two dense layers", make: (rng) => new Maxout(3, 2, rng) },
  { what: "DenseBlock, x beside a network of ours", make: (rng) => new DenseBlock(3, rng) },
  {
    what: "Regression, a network with its loss",
    make: (rng) => new Regression(rng),
    inputs: (rng) => [rng.normal(0, 1, [5, 3]), rng.normal(0, 1, [5, 1])],
  },
  { what: "WeightNorm, v and g", make: (rng) => new WeightNorm(3, 2, rng) },
  { what: "Quadratic, numbers as coefficients, keeps x and dx", make: () => new Quadratic(1, 2, 3) },
  { what: "Dense with random weights of its own", make: () => new Dense(3, 2, random(77)) },
];
