import { Layer } from "chalk-and-tape/manual";
import { type NDArray, ones, random, where, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";

/** x Wᵀ + b, for a student's backward. */
class LinearToFill {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  constructor(n: number, m: number) {
    this.W = random(1).normal(0, 1, [m, n]);
    this.b = random(2).normal(0, 1, [m]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.W.T).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this.dW = dy.T.matmul(this.x as NDArray);
    this.db = dy.sum(0);
    return dy.matmul(this.W);
  }
}

class StartInBackward extends LinearToFill {
  start: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.start ??= this.W.copy();
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    super.backward(dy);
    return dy.matmul(this.start as NDArray);
  }
}
class TransposedOnce extends LinearToFill {
  transposed: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.transposed ??= this.W.T.copy();
    this.x = x;
    return x.matmul(this.transposed).add(this.b);
  }
}
class BiasOnce extends LinearToFill {
  rows: NDArray = zeros([0, 0]);
  override forward(x: NDArray): NDArray {
    this.x = x;
    const N = x.shape[0] as number;
    if (this.rows.shape[0] !== N) this.rows = this.b.broadcastTo([N, this.b.size]).copy();
    return x.matmul(this.W.T).add(this.rows);
  }
}

class SlopeOnce {
  a: NDArray = ones([1]).mul(0.25);
  da: NDArray | null = null;
  x: NDArray | null = null;
  slope: number | null = null;
  forward(x: NDArray): NDArray {
    this.x = x;
    this.slope ??= this.a.item(0);
    return where(x.greater(0), x, x.mul(this.a));
  }
  backward(dy: NDArray): NDArray {
    const x = this.x as NDArray;
    const below = x.lessEqual(0);
    this.da = dy.mul(x).mul(below).sum().reshape(1);
    return where(below, dy.mul(this.slope as number), dy);
  }
}

class GammaOnce extends Layer {
  gamma: NDArray;
  beta: NDArray;
  dGamma: NDArray | null = null;
  dBeta: NDArray | null = null;
  cache: { xhat: NDArray; inverse: NDArray } | null = null;
  scale: NDArray | null = null;
  constructor(n: number) {
    super();
    this.gamma = ones([n]);
    this.beta = zeros([n]);
  }
  forward(x: NDArray): NDArray {
    this.scale ??= this.gamma.copy();
    const inverse = x.var(1, true).add(1e-5).pow(-0.5);
    const xhat = x.sub(x.mean(1, true)).mul(inverse);
    this.cache = { xhat, inverse };
    return xhat.mul(this.gamma).add(this.beta);
  }
  backward(dy: NDArray): NDArray {
    const { xhat, inverse } = this.cache as { xhat: NDArray; inverse: NDArray };
    this.dGamma = dy.mul(xhat).sum(0);
    this.dBeta = dy.sum(0);
    const g = dy.mul(this.scale as NDArray);
    return g
      .sub(g.mean(1, true))
      .sub(xhat.mul(g.mul(xhat).mean(1, true)))
      .mul(inverse);
  }
}

class TableOnce {
  table: NDArray;
  dTable: NDArray | null = null;
  rows: number[][] = [];
  ids: number[] = [];
  constructor(n: number, d: number) {
    this.table = random(4).normal(0, 1, [n, d]);
  }
  forward(ids: NDArray): NDArray {
    if (this.rows.length === 0) this.rows = this.table.toArray() as number[][];
    this.ids = [...ids.flat()];
    const D = this.table.shape[1] as number;
    const y = zeros([...ids.shape, D]);
    for (const [n, id] of this.ids.entries())
      for (let d = 0; d < D; d++) y.flat()[n * D + d] = this.rows[id]?.[d] ?? 0;
    return y;
  }
  backward(dy: NDArray): null {
    const D = this.table.shape[1] as number;
    const dTable = zeros(this.table.shape);
    for (const [n, id] of this.ids.entries())
      for (let d = 0; d < D; d++)
        dTable.flat()[id * D + d] = (dTable.flat()[id * D + d] as number) + (dy.flat()[n * D + d] as number);
    this.dTable = dTable;
    return null;
  }
}

const kind = "remembered too long";
const says = /after the parameters have changed|gives the same y when \w+ changes in place/;
export const rememberedTooLong: readonly HabitProgram[] = [
  { kind, what: "dx by the weight of the first forward", name: "Linear", student: StartInBackward, says },
  { kind, what: "the weight is transposed once", name: "Linear", student: TransposedOnce, says },
  { kind, what: "the bias is repeated once for each batch size", name: "Linear", student: BiasOnce, says },
  { kind, what: "dx by the slope of the first forward", name: "PReLU", student: SlopeOnce, says },
  { kind, what: "dx by the gamma of the first forward", name: "LayerNorm", student: GammaOnce, says },
  { kind, what: "the table is copied into lists once", name: "Embedding", student: TableOnce, says },
];
export { LinearToFill };
