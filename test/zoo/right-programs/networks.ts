import { Layer, Linear, ReLU } from "chalk-and-tape/manual";
import { maximum, type NDArray, type Random, random, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

interface AnyPart {
  forward(x: NDArray): NDArray;
  backward(dy: NDArray): NDArray;
}

class InAList {
  layers: AnyPart[];
  constructor(...layers: AnyPart[]) {
    this.layers = layers;
  }
  forward(x: NDArray): NDArray {
    return this.layers.reduce((h, layer) => layer.forward(h), x);
  }
  backward(dy: NDArray): NDArray {
    return this.layers.reduceRight((d, layer) => layer.backward(d), dy);
  }
}

class InAMap {
  parts: Map<string, AnyPart> = new Map();
  constructor(...layers: AnyPart[]) {
    for (const [i, layer] of layers.entries()) this.parts.set(`layer${i + 1}`, layer);
  }
  forward(x: NDArray): NDArray {
    let h = x;
    for (const layer of this.parts.values()) h = layer.forward(h);
    return h;
  }
  backward(dy: NDArray): NDArray {
    let d = dy;
    for (const layer of [...this.parts.values()].reverse()) d = layer.backward(d);
    return d;
  }
}

class Skip {
  body: AnyPart;
  constructor(body: AnyPart) {
    this.body = body;
  }
  forward(x: NDArray): NDArray {
    return this.body.forward(x).add(x);
  }
  backward(dy: NDArray): NDArray {
    return dy.add(this.body.backward(dy));
  }
}

/** 2-10-10-10-1 in one class, without layers. */
class AllInOne {
  W: NDArray[] = [];
  b: NDArray[] = [];
  dW: NDArray[] = [];
  db: NDArray[] = [];
  h: NDArray[] = [];
  constructor() {
    const sizes = [2, 10, 10, 10, 1];
    for (let i = 0; i < 4; i++) {
      const [n, m] = [sizes[i] as number, sizes[i + 1] as number];
      this.W.push(random(20 + i).normal(0, Math.sqrt(2 / n), [n, m]));
      this.b.push(zeros([m]).add(0.1));
    }
  }
  forward(x: NDArray): NDArray {
    this.h = [x];
    for (let i = 0; i < 4; i++) {
      const z = (this.h[i] as NDArray).matmul(this.W[i] as NDArray).add(this.b[i] as NDArray);
      this.h.push(i < 3 ? maximum(z, 0) : z);
    }
    return this.h[4] as NDArray;
  }
  backward(dy: NDArray): NDArray {
    let d = dy;
    for (let i = 3; i >= 0; i--) {
      if (i < 3) d = d.mul((this.h[i + 1] as NDArray).greater(0));
      this.dW[i] = (this.h[i] as NDArray).T.matmul(d);
      this.db[i] = d.sum(0);
      d = d.matmul((this.W[i] as NDArray).T);
    }
    return d;
  }
}

/** A layer of a student's own network. */
class Dense {
  W: NDArray;
  b: NDArray;
  dW: NDArray | null = null;
  db: NDArray | null = null;
  x: NDArray | null = null;
  constructor(n: number, m: number, rng: Random) {
    this.W = rng.normal(0, Math.sqrt(2 / n), [n, m]);
    this.b = rng.uniform(0, 0.2, [m]);
  }
  forward(x: NDArray): NDArray {
    this.x = x;
    return x.matmul(this.W).add(this.b);
  }
  backward(dy: NDArray): NDArray {
    this.dW = (this.x as NDArray).T.matmul(dy);
    this.db = dy.sum(0);
    return dy.matmul(this.W.T);
  }
}

class OwnLayers {
  layers: AnyPart[];
  constructor({ rng, sizes = [2, 10, 10, 10, 1] }: { rng: Random; sizes?: number[] }) {
    this.layers = sizes.slice(1).flatMap((m, i) => {
      const dense = new Dense(sizes[i] as number, m, rng);
      return i < sizes.length - 2 ? [dense, new ReLU()] : [dense];
    });
  }
  forward(x: NDArray): NDArray {
    return this.layers.reduce((h, layer) => layer.forward(h), x);
  }
  backward(dy: NDArray): NDArray {
    return this.layers.reduceRight((d, layer) => layer.backward(d), dy);
  }
}

class Fields extends Layer {
  fc1: Linear;
  act1 = new ReLU();
  fc2: Linear;
  act2 = new ReLU();
  fc3: Linear;
  act3 = new ReLU();
  fc4: Linear;
  constructor({ rng }: { rng: Random }) {
    super();
    this.fc1 = new Linear(2, 10, { rng });
    this.fc2 = new Linear(10, 10, { rng });
    this.fc3 = new Linear(10, 10, { rng });
    this.fc4 = new Linear(10, 1, { rng });
  }
  forward(x: NDArray): NDArray {
    const h1 = this.act1.forward(this.fc1.forward(x));
    const h2 = this.act2.forward(this.fc2.forward(h1));
    return this.fc4.forward(this.act3.forward(this.fc3.forward(h2)));
  }
  backward(dy: NDArray): NDArray {
    const d3 = this.fc3.backward(this.act3.backward(this.fc4.backward(dy)));
    return this.fc1.backward(this.act1.backward(this.fc2.backward(this.act2.backward(d3))));
  }
}

/** Its fields are declared last layer first, with biases as rows. */
class LastFirst {
  W4: NDArray = random(34).normal(0, 1, [10, 1]);
  W3: NDArray = random(33).normal(0, 0.5, [10, 10]);
  W2: NDArray = random(32).normal(0, 0.5, [10, 10]);
  W1: NDArray = random(31).normal(0, 1, [2, 10]);
  b4: NDArray = zeros([1, 1]);
  b3: NDArray = zeros([1, 10]).add(0.3);
  b2: NDArray = zeros([1, 10]).add(0.2);
  b1: NDArray = zeros([1, 10]).add(0.1);
  grads: Record<string, NDArray> = {};
  cache: Record<string, NDArray> = {};
  forward(x: NDArray): NDArray {
    const h1 = maximum(x.matmul(this.W1).add(this.b1), 0);
    const h2 = maximum(h1.matmul(this.W2).add(this.b2), 0);
    const h3 = maximum(h2.matmul(this.W3).add(this.b3), 0);
    this.cache = { x, h1, h2, h3 };
    return h3.matmul(this.W4).add(this.b4);
  }
  backward(dy: NDArray): NDArray {
    const { x, h1, h2, h3 } = this.cache as Record<"x" | "h1" | "h2" | "h3", NDArray>;
    const d3 = dy.matmul(this.W4.T).mul(h3.greater(0));
    const d2 = d3.matmul(this.W3.T).mul(h2.greater(0));
    const d1 = d2.matmul(this.W2.T).mul(h1.greater(0));
    this.grads = { W4: h3.T.matmul(dy), W3: h2.T.matmul(d3), W2: h1.T.matmul(d2), W1: x.T.matmul(d1) };
    Object.assign(this.grads, {
      b4: dy.sum(0, true),
      b3: d3.sum(0, true),
      b2: d2.sum(0, true),
      b1: d1.sum(0, true),
    });
    return d1.matmul(this.W1.T);
  }
}

export const networks: readonly RightProgram[] = [
  { what: "a list and reduce, extends nothing", name: "Sequential", student: InAList },
  { what: "a Map of layers", name: "Sequential", student: InAMap },
  { what: "the body and a sum", name: "Residual", student: Skip },
  { what: "W and b as lists, no layers", name: "MlpClassifier", student: AllInOne },
  { what: "own dense layers in a list", name: "MlpClassifier", student: OwnLayers },
  { what: "each layer a field", name: "MlpClassifier", student: Fields },
  {
    what: "fields from the last layer to the first, biases as rows",
    name: "MlpClassifier",
    student: LastFirst,
  },
];

export { Dense };
