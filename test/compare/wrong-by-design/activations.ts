import * as manual from "chalk-and-tape/manual";
import { exp, log, maximum, minimum, NDArray, where } from "chalk-and-tape/np";
import { type Wrong, wrong } from "./wrong.ts";

/** An elementwise activation of one's own, by y and y′. */
function elementwise(y: (x: NDArray) => NDArray, slope: (x: NDArray) => NDArray): Wrong["student"] {
  return class {
    x: NDArray | null = null;
    forward(x: NDArray): NDArray {
      this.x = x;
      return y(x);
    }
    backward(dy: NDArray): NDArray {
      return dy.mul(slope(this.x as NDArray));
    }
  };
}

/** The memory itself, which a view shares with other numbers. */
function eachOf(x: NDArray, f: (value: number, i: number) => number): NDArray {
  return NDArray.from(
    Float64Array.from({ length: x.size }, (_, i) => f(x.data[i] as number, i)),
    [...x.shape],
  );
}

export const wrongActivations: readonly Wrong[] = [
  wrong(
    "LeakyReLU",
    "slope 0 is taken for not given",
    class extends manual.LeakyReLU {
      constructor(slope: number) {
        super(slope || 0.01);
      }
    },
    /negativeSlope 0/,
  ),
  wrong(
    "LeakyReLU",
    "the larger of x and slope · x, which is right for slopes up to 1",
    class {
      mask: NDArray | null = null;
      readonly slope: number;
      constructor(slope: number = 0.01) {
        this.slope = slope;
      }
      forward(x: NDArray): NDArray {
        this.mask = x.greater(0);
        return maximum(x, x.mul(this.slope));
      }
      backward(dy: NDArray): NDArray {
        return where(this.mask as NDArray, dy, dy.mul(this.slope));
      }
    },
    /negativeSlope 2.5/,
  ),
  wrong(
    "Softmax",
    "dim 0 is taken for not given",
    class extends manual.Softmax {
      constructor(dim: number) {
        super(dim || -1);
      }
    },
    /dim 0/,
  ),
  wrong(
    "ReLU",
    "capped at 6",
    elementwise(
      (x) => minimum(maximum(x, 0), 6),
      (x) => x.greater(0).mul(x.less(6)),
    ),
    /x of size 1000/,
  ),
  wrong(
    "LogSoftmax",
    "the logarithm of softmax, which is 0 for elements far below the largest",
    class {
      p: NDArray | null = null;
      readonly dim: number;
      constructor(dim: number) {
        this.dim = dim;
      }
      forward(x: NDArray): NDArray {
        const e = exp(x.sub(x.max(this.dim, true)));
        this.p = e.div(e.sum(this.dim, true));
        return log(this.p);
      }
      backward(dy: NDArray): NDArray {
        return dy.sub((this.p as NDArray).mul(dy.sum(this.dim, true)));
      }
    },
    /far apart/,
  ),
  wrong(
    "SiLU",
    "the sigmoid as y / x, which is 0 / 0 at 0",
    class {
      x: NDArray | null = null;
      y: NDArray | null = null;
      forward(x: NDArray): NDArray {
        this.x = x;
        this.y = new manual.SiLU().forward(x);
        return this.y;
      }
      backward(dy: NDArray): NDArray {
        const [x, y] = [this.x as NDArray, this.y as NDArray];
        return dy.mul(y.div(x).mul(x.sub(y).add(1)));
      }
    },
    /0, −0 and tiny x/,
  ),
  wrong(
    "ReLU",
    "reads the memory of x and dy, not their elements",
    class {
      x: NDArray | null = null;
      forward(x: NDArray): NDArray {
        this.x = x;
        return eachOf(x, (value) => Math.max(value, 0));
      }
      backward(dy: NDArray): NDArray {
        const { data } = this.x as NDArray;
        return eachOf(dy, (value, i) => ((data[i] as number) > 0 ? value : 0));
      }
    },
    /strided views/,
  ),
  wrong(
    "Tanh",
    "reads the memory of dy, not its elements",
    class {
      y: NDArray | null = null;
      forward(x: NDArray): NDArray {
        this.y = new manual.Tanh().forward(x).copy();
        return this.y;
      }
      backward(dy: NDArray): NDArray {
        const y = (this.y as NDArray).flat();
        return eachOf(dy, (value, i) => value * (1 - (y[i] as number) ** 2));
      }
    },
    /strided views/,
  ),
  wrong(
    "Sigmoid",
    "x is limited to ±500, where exp still overflows in float32",
    elementwise(sigmoid, (x) => sigmoid(x).mul(sigmoid(x).neg().add(1))),
    /float32/,
  ),
];

function sigmoid(x: NDArray): NDArray {
  const e = exp(maximum(minimum(x, 500), -500));
  return e.div(e.add(1));
}
