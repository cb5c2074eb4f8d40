import { maximum, type NDArray, ones, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";
import { LinearToFill } from "./remembered-too-long.ts";

class ViewOfDy extends LinearToFill {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    if (dy.shape[0] === 1) this.db = dy.reshape(-1);
    return dx;
  }
}
class RowOfDy extends LinearToFill {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.db = (dy.shape[0] as number) > 1 ? dy.sum(0) : dy.slice(0);
    return dx;
  }
}
class GradientIsWeight extends LinearToFill {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dW = this.W.copyFrom(this.dW as NDArray);
    return dx;
  }
}
class WritesX {
  x: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    this.x = x;
    return maximum(x, 0);
  }
  backward(dy: NDArray): NDArray {
    this.x.copyFrom(dy.mul(this.x.greater(0)));
    return this.x;
  }
}
class WritesDy {
  on: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    this.on = x.greater(0).astype("float64");
    return x.mul(this.on);
  }
  backward(dy: NDArray): NDArray {
    return dy.copyFrom(dy.mul(this.on));
  }
}
class LateUpdate extends LinearToFill {
  earlier: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.earlier?.copyFrom(zeros(this.earlier.shape)); // clears the old batch
    this.earlier = x;
    return super.forward(x);
  }
}
class MomentsOfX {
  gamma: NDArray;
  beta: NDArray;
  dGamma: NDArray | null = null;
  dBeta: NDArray | null = null;
  dy: NDArray | null = null;
  cache: NDArray[] = [];
  constructor(n: number) {
    this.gamma = ones([n]);
    this.beta = zeros([n]);
  }
  forward(x: NDArray): NDArray {
    const inverse = x.var(1, true).add(1e-5).pow(-0.5);
    const xhat = x.sub(x.mean(1, true)).mul(inverse);
    this.cache = [xhat, inverse];
    return xhat.mul(this.gamma).add(this.beta);
  }
  backward(dy: NDArray): NDArray {
    const [xhat, inverse] = this.cache as [NDArray, NDArray];
    this.dGamma = dy.mul(xhat).sum(0);
    this.dBeta = dy.shape[0] === 1 ? dy.slice(0) : dy.sum(0);
    const g = dy.mul(this.gamma);
    return g
      .sub(g.mean(1, true))
      .sub(xhat.mul(g.mul(xhat).mean(1, true)))
      .mul(inverse);
  }
}

const kind = "memory";
export const memory: readonly HabitProgram[] = [
  {
    kind,
    what: "db is a view of dy for one sample",
    name: "Linear",
    student: ViewOfDy,
    says: /overwrites x or dy/,
  },
  { kind, what: "db is a row of dy", name: "Linear", student: RowOfDy, says: /overwrites x or dy/ },
  { kind, what: "dW is written into W", name: "Linear", student: GradientIsWeight, says: /in place/ },
  { kind, what: "dx is written into x", name: "ReLU", student: WritesX, says: /in place/ },
  { kind, what: "dx is written into dy", name: "ReLU", student: WritesDy, says: /in place/ },
  {
    kind,
    what: "the next forward clears the last x",
    name: "Linear",
    student: LateUpdate,
    says: /in place/,
  },
  { kind, what: "dBeta is a row of dy", name: "LayerNorm", student: MomentsOfX, says: /overwrites x or dy/ },
];
