import { Layer } from "chalk-and-tape/manual";
import { type NDArray, oneHot, ones, type Random, random, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

class MathRandom {
  p: number;
  training = true;
  mask: NDArray | null = null;
  constructor(p: number) {
    this.p = p;
  }
  forward(x: NDArray): NDArray {
    if (!this.training) {
      this.mask = null;
      return x;
    }
    this.mask = ones(x.shape);
    const keep = this.mask.flat();
    for (let i = 0; i < keep.length; i++) keep[i] = Math.random() < this.p ? 0 : 1 / (1 - this.p);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return this.mask ? dy.mul(this.mask) : dy;
  }
}

class OwnGenerator extends Layer {
  p: number;
  generator: Random = random(123);
  mask: NDArray | null = null;
  constructor(p: number) {
    super();
    this.p = p;
  }
  forward(x: NDArray): NDArray {
    if (!this.training) return x;
    this.mask = this.generator
      .uniform(0, 1, x.shape)
      .greater(this.p)
      .astype("float64")
      .div(1 - this.p);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return this.training ? dy.mul(this.mask as NDArray) : dy;
  }
}

/** A linear congruential generator. */
class Lcg {
  state = 12345;
  next(): number {
    this.state = (this.state * 1664525 + 1013904223) % 4294967296;
    return this.state / 4294967296;
  }
}

class OwnLcg {
  p: number;
  lcg = new Lcg();
  mode = "train";
  keep: boolean[] = [];
  constructor(p: number, _options?: object) {
    this.p = p;
  }
  eval(): this {
    this.mode = "eval";
    return this;
  }
  train(): this {
    this.mode = "train";
    return this;
  }
  forward(x: NDArray): NDArray {
    this.keep = [...x.flat()].map(() => this.mode === "eval" || this.lcg.next() >= this.p);
    return this.#apply(x);
  }
  #apply(x: NDArray): NDArray {
    const y = x.copy();
    const scale = this.mode === "eval" ? 1 : 1 / (1 - this.p);
    for (const [i, keep] of this.keep.entries()) y.flat()[i] = keep ? (x.flat()[i] as number) * scale : 0;
    return y;
  }
  backward(dy: NDArray): NDArray {
    return this.#apply(dy);
  }
}

class Channels extends Layer {
  p: number;
  rng: Random;
  mask: NDArray = ones([1]);
  constructor(p: number, { rng }: { rng: Random }) {
    super();
    this.p = p;
    this.rng = rng;
  }
  forward(x: NDArray): NDArray {
    const [N, C] = x.shape as [number, number];
    this.mask = this.training
      ? this.rng
          .uniform(0, 1, [N, C, 1, 1])
          .less(1 - this.p)
          .astype("float64")
          .div(1 - this.p)
      : ones([1]);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return this.mask.mul(dy);
  }
}

class OneHotTable {
  table: NDArray;
  dTable: NDArray | null = null;
  hot: NDArray = zeros([1]);
  constructor(words: number, size: number) {
    this.table = random(9).normal(0, 1, [words, size]);
  }
  forward(ids: NDArray): NDArray {
    this.hot = oneHot(ids.reshape(-1), this.table.shape[0] as number);
    return this.hot.matmul(this.table).reshape(...ids.shape, -1);
  }
  backward(dy: NDArray): null {
    this.dTable = this.hot.T.matmul(dy.reshape(this.hot.shape[0] as number, -1));
    return null;
  }
}

class TableByLoops {
  E: NDArray;
  dE: NDArray | null = null;
  ids: number[] = [];
  constructor(words: number, size: number, { rng }: { rng: Random }) {
    this.E = rng.uniform(-1, 1, [words, size]);
  }
  forward(ids: NDArray): NDArray {
    this.ids = [...ids.flat()];
    const D = this.E.shape[1] as number;
    const y = zeros([...ids.shape, D]);
    for (const [n, id] of this.ids.entries())
      for (let d = 0; d < D; d++) y.flat()[n * D + d] = this.E.item(id, d);
    return y;
  }
  backward(dy: NDArray): void {
    const D = this.E.shape[1] as number;
    const dE = zeros(this.E.shape);
    for (const [n, id] of this.ids.entries())
      for (let d = 0; d < D; d++)
        dE.flat()[id * D + d] = (dE.flat()[id * D + d] as number) + (dy.flat()[n * D + d] as number);
    this.dE = dE;
  }
}

class FlattenView {
  shape: number[] = [];
  forward(x: NDArray): NDArray {
    this.shape = [...x.shape];
    return x.reshape(x.shape[0] as number, -1);
  }
  backward(dy: NDArray): NDArray {
    return dy.reshape(...this.shape);
  }
}

class SameArray {
  forward(x: NDArray): NDArray {
    return x;
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}

export const smallLayers: readonly RightProgram[] = [
  { what: "Math.random", name: "Dropout", student: MathRandom },
  { what: "an own generator, > p, no rng", name: "Dropout", student: OwnGenerator },
  { what: "an own class of generators, own eval and train", name: "Dropout", student: OwnLcg },
  { what: "the given rng itself, not a spawned one", name: "Dropout2d", student: Channels },
  { what: "a matrix product with a one-hot array", name: "Embedding", student: OneHotTable },
  { what: "loops, returns nothing", name: "Embedding", student: TableByLoops },
  { what: "a view", name: "Flatten", student: FlattenView },
  { what: "the arrays themselves", name: "Identity", student: SameArray },
];
