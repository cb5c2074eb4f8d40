import { exp, maximum, type NDArray, oneHot, random, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";
import { LinearToFill } from "./remembered-too-long.ts";

let lastX: NDArray | null = null;
class ModuleVariable {
  forward(x: NDArray): NDArray {
    lastX = x;
    return maximum(x, 0);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul((lastX as NDArray).greater(0));
  }
}

class StaticField extends LinearToFill {
  static x: NDArray;
  override forward(x: NDArray): NDArray {
    StaticField.x = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    this.x = StaticField.x;
    return super.backward(dy);
  }
}

const caches: Record<string, NDArray> = {};
class ByClassName {
  forward(x: NDArray): NDArray {
    const y = exp(x.neg()).add(1).pow(-1);
    caches[this.constructor.name] = y;
    return y;
  }
  backward(dy: NDArray): NDArray {
    const y = caches[this.constructor.name] as NDArray;
    return dy.mul(y).mul(y.neg().add(1));
  }
}

const shared = { p: zeros([1]), hot: zeros([1]) };
class SharedLoss {
  state: typeof shared = shared;
  forward(x: NDArray, target: NDArray): NDArray {
    const e = exp(x.sub(x.max(1, true)));
    this.state.p = e.div(e.sum(1, true));
    this.state.hot = oneHot(target, x.shape[1] as number);
    const n = x.shape[0] as number;
    let sum = 0;
    for (const [i, c] of target.flat().entries()) sum -= Math.log(this.state.p.item(i, c));
    return zeros([]).add(sum / n);
  }
  backward(dy: NDArray | number = 1): NDArray {
    const { p, hot } = this.state;
    return p
      .sub(hot)
      .mul(dy)
      .div(p.shape[0] as number);
  }
}

const buffers: Map<string, NDArray> = new Map();
/** One gradient array for all layers of a shape. */
class SharedGradient extends LinearToFill {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    const key = this.W.shape.join();
    const buffer = buffers.get(key) ?? zeros(this.W.shape);
    buffers.set(key, buffer);
    this.dW = buffer.copyFrom(this.dW as NDArray);
    return dx;
  }
}

const weights: Map<string, NDArray> = new Map();
/** One weight for all layers of a shape. */
class SharedWeight extends LinearToFill {
  constructor(n: number, m: number) {
    super(n, m);
    const key = `${n} ${m}`;
    this.W = weights.get(key) ?? random(3).normal(0, 1, [m, n]);
    weights.set(key, this.W);
  }
}

class StaticWinners {
  static winners: number[] = [];
  shape: readonly number[] = [];
  k: number;
  constructor(k: number) {
    this.k = k;
  }
  forward(x: NDArray): NDArray {
    const [N, C, H, W] = x.shape as [number, number, number, number];
    this.shape = x.shape;
    StaticWinners.winners.length = 0;
    const y = zeros([N, C, Math.floor(H / this.k), Math.floor(W / this.k)]);
    const [, , h, w] = y.shape as [number, number, number, number];
    for (let o = 0; o < y.size; o++) {
      const [i, j, nc] = [Math.floor(o / w) % h, o % w, Math.floor(o / (h * w))];
      let best = (nc * H + i * this.k) * W + j * this.k;
      for (let k = 0; k < this.k * this.k; k++) {
        const other = (nc * H + i * this.k + Math.floor(k / this.k)) * W + j * this.k + (k % this.k);
        if ((x.flat()[other] as number) > (x.flat()[best] as number)) best = other;
      }
      StaticWinners.winners.push(best);
      y.flat()[o] = x.flat()[best] as number;
    }
    return y;
  }
  backward(dy: NDArray): NDArray {
    const dx = zeros(this.shape);
    for (const [o, i] of StaticWinners.winners.entries())
      dx.flat()[i] = (dx.flat()[i] as number) + (dy.flat()[o] as number);
    return dx;
  }
}

const kind = "shared between objects";
const says = /two objects of the class/;
export const sharedBetweenObjects: readonly HabitProgram[] = [
  { kind, what: "x in a variable of the module", name: "ReLU", student: ModuleVariable, says },
  { kind, what: "x in a static field", name: "Linear", student: StaticField, says },
  { kind, what: "caches by the name of the class", name: "Sigmoid", student: ByClassName, says },
  { kind, what: "one cache object for all losses", name: "CrossEntropyLoss", student: SharedLoss, says },
  { kind, what: "one gradient array for all layers", name: "Linear", student: SharedGradient, says },
  { kind, what: "one weight for all layers", name: "Linear", student: SharedWeight, says },
  { kind, what: "the winners in a static list", name: "MaxPool2d", student: StaticWinners, says },
];
