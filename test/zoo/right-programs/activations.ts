import { Layer } from "chalk-and-tape/manual";
import { abs, exp, log, maximum, minimum, type NDArray, sign, tanh, where, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

class HalfOfTheSum {
  declare x: NDArray;
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.add(abs(x)).mul(0.5);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(sign(this.x).add(1).mul(0.5)).mul(abs(sign(this.x)));
  }
}

class MaskInPlace extends Layer {
  mask: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    this.mask = x.greater(0);
    const y = x.copy();
    const flat = y.flat();
    for (let i = 0; i < flat.length; i++) if ((flat[i] as number) < 0) flat[i] = 0;
    return y;
  }
  backward(dy: NDArray): NDArray {
    const dx = dy.copy();
    for (const [i, on] of this.mask.flat().entries()) if (!on) dx.flat()[i] = 0;
    return dx;
  }
}

class Indices {
  positive: number[] = [];
  shape: readonly number[] = [];
  forward(x: NDArray): NDArray {
    this.shape = x.shape;
    this.positive = [...x.flat().keys()].filter((i) => (x.flat()[i] as number) > 0);
    const y = zeros(this.shape);
    for (const i of this.positive) y.flat()[i] = x.flat()[i] as number;
    return y;
  }
  backward(dy: NDArray): NDArray {
    const dx = zeros(this.shape);
    for (const i of this.positive) dx.flat()[i] = dy.flat()[i] as number;
    return dx;
  }
}

class FromOutput {
  out: NDArray | null = null;
  dX: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.out = tanh(x.mul(0.5)).add(1).mul(0.5);
    return this.out;
  }
  backward(dy: NDArray): [NDArray] {
    const s = this.out as NDArray;
    this.dX = s.sub(s.mul(s)).mul(dy);
    return [this.dX];
  }
}

class TwoBranches {
  declare x: NDArray;
  #sigmoid(x: NDArray): NDArray {
    const e = exp(abs(x).neg());
    return where(x.greaterEqual(0), e.add(1).pow(-1), e.div(e.add(1)));
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return this.#sigmoid(x);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(this.#sigmoid(this.x)).mul(this.#sigmoid(this.x.neg()));
  }
}

class ElementByElement {
  #x: number[] = [];
  forward(x: NDArray): NDArray {
    this.#x = [...x.flat()];
    const y = x.copy();
    for (const [i, v] of this.#x.entries()) y.flat()[i] = 1 / (1 + Math.exp(-v));
    return y;
  }
  backward(dy: NDArray): NDArray {
    const dx = dy.copy();
    for (const [i, v] of this.#x.entries()) {
      const s = 1 / (1 + Math.exp(-v));
      dx.flat()[i] = (dy.flat()[i] as number) * s * (1 - s);
    }
    return dx;
  }
}

class ByExponentials {
  cache: { y: NDArray } | null = null;
  forward(x: NDArray): NDArray {
    const [p, n] = [exp(x), exp(x.neg())];
    const y = p.sub(n).div(p.add(n));
    this.cache = { y };
    return y;
  }
  backward(dy: NDArray): NDArray {
    const { y } = this.cache as { y: NDArray };
    return y.add(1).mul(y.neg().add(1)).mul(dy);
  }
}

class BySigmoid extends Layer {
  #s: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#s = exp(x.mul(-2)).add(1).pow(-1);
    return this.#s.mul(2).sub(1);
  }
  backward(dy: NDArray): NDArray {
    const s = this.#s as NDArray;
    return dy.mul(4).mul(s).mul(s.neg().add(1));
  }
}

class Caches {
  caches: NDArray[] = [];
  slope: number;
  constructor(slope: number | { negativeSlope?: number } = 0.01) {
    this.slope = typeof slope === "number" ? slope : (slope.negativeSlope ?? 0.01);
  }
  forward(x: NDArray): NDArray {
    this.caches = [x, x.greater(0).astype("float64")];
    return maximum(x, 0).add(minimum(x, 0).mul(this.slope));
  }
  backward(dy: NDArray): NDArray {
    const [, on] = this.caches as [NDArray, NDArray];
    return dy.mul(on.add(on.neg().add(1).mul(this.slope)));
  }
}

class Jacobian {
  y: NDArray | null = null;
  forward(x: NDArray): NDArray {
    const e = exp(x.sub(x.max(1, true)));
    this.y = e.div(e.sum(1, true));
    return this.y;
  }
  backward(dy: NDArray): NDArray {
    const y = this.y as NDArray;
    const [N, C] = y.shape as [number, number];
    const dx = zeros([N, C]);
    for (let n = 0; n < N; n++)
      for (let i = 0; i < C; i++) {
        let sum = 0;
        for (let j = 0; j < C; j++) sum += dy.item(n, j) * y.item(n, j) * ((i === j ? 1 : 0) - y.item(n, i));
        dx.flat()[n * C + i] = sum;
      }
    return dx;
  }
}

class LogOfTheSum {
  p: NDArray | null = null;
  forward(x: NDArray): NDArray {
    const m = x.max(1, true);
    const logSum = log(exp(x.sub(m)).sum(1, true)).add(m);
    this.p = exp(x.sub(logSum));
    return x.sub(logSum);
  }
  backward(dy: NDArray): NDArray {
    return (this.p as NDArray).mul(dy.sum(1, true)).neg().add(dy);
  }
}

class OnePlusTanh {
  x: NDArray = zeros([]);
  k: number = Math.sqrt(2 / Math.PI);
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.div(exp(x.neg()).add(1));
  }
  backward(dy: NDArray): NDArray {
    const s = exp(this.x.neg()).add(1).pow(-1);
    return s.mul(this.x.mul(s.neg().add(1)).add(1)).mul(dy);
  }
}

class Clamp {
  inside: NDArray | null = null;
  low: number;
  high: number;
  constructor({ minVal = -1, maxVal = 1 }: { minVal?: number; maxVal?: number } = {}) {
    this.low = minVal;
    this.high = maxVal;
  }
  forward(x: NDArray): NDArray {
    const y = minimum(maximum(x, this.low), this.high);
    this.inside = x.equal(y);
    return y;
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(this.inside as NDArray);
  }
}

class StableSoftplus {
  #x: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#x = x;
    return log(exp(abs(x).neg()).add(1)).add(maximum(x, 0));
  }
  backward(dy: NDArray): NDArray {
    return dy.div(exp((this.#x as NDArray).neg()).add(1));
  }
}

class OneSlope {
  alpha: NDArray;
  dalpha: NDArray | null = null;
  input: NDArray | null = null;
  constructor() {
    this.alpha = zeros([1]).add(0.25);
  }
  forward(x: NDArray): NDArray {
    this.input = x;
    return where(x.greater(0), x, x.mul(this.alpha));
  }
  backward(dy: NDArray): NDArray {
    const x = this.input as NDArray;
    const below = x.lessEqual(0).astype("float64");
    this.dalpha = dy.mul(x).mul(below).sum().reshape(1);
    return dy.mul(below.neg().add(1).add(below.mul(this.alpha)));
  }
}

export const activations: readonly RightProgram[] = [
  { what: "(x + |x|) / 2", name: "ReLU", student: HalfOfTheSum, all: true },
  { what: "a mask, and zeros written into a copy", name: "ReLU", student: MaskInPlace, all: true },
  { what: "a list of positive indices", name: "ReLU", student: Indices, all: true },
  { what: "(1 + tanh(x / 2)) / 2, keeps dX", name: "Sigmoid", student: FromOutput },
  { what: "two branches, and σ(x) σ(−x)", name: "Sigmoid", student: TwoBranches, all: true },
  {
    what: "element by element, x as a list of numbers",
    name: "Sigmoid",
    student: ElementByElement,
    all: true,
  },
  { what: "(e^x − e^−x) / (e^x + e^−x)", name: "Tanh", student: ByExponentials },
  { what: "2 σ(2x) − 1", name: "Tanh", student: BySigmoid },
  { what: "max and min, a list of caches", name: "LeakyReLU", student: Caches },
  { what: "the Jacobian by loops", name: "Softmax", student: Jacobian },
  { what: "log Σ exp, keeps the probabilities", name: "LogSoftmax", student: LogOfTheSum },
  { what: "x / (1 + e^−x), a constant in a field", name: "SiLU", student: OnePlusTanh },
  { what: "the mask is where clipping changes nothing", name: "Hardtanh", student: Clamp },
  { what: "log(1 + e^−|x|) + max(x, 0)", name: "Softplus", student: StableSoftplus },
  { what: "alpha and dalpha", name: "PReLU", student: OneSlope },
];
