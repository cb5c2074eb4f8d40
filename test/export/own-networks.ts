import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, type Random, random } from "chalk-and-tape/np";
import type { Pair } from "./both-sides.ts";

const width = 4;
type Tensor = autograd.Tensor;

/** A student's class: one ReLU for all, layers in a list, a shortcut, a method between. */
class StudentOnTape extends autograd.Module {
  readonly relu = new autograd.ReLU();
  readonly hiddenLayers: autograd.Linear[];
  readonly drop: autograd.Dropout;
  constructor(rng: Random) {
    super();
    this.hiddenLayers = [0, 1, 2].map(() => new autograd.Linear(width, width, { rng }));
    this.drop = new autograd.Dropout(0.3, { rng });
  }
  forward(x: Tensor): Tensor {
    let y = x;
    for (const layer of this.hiddenLayers) {
      const same = y;
      y = this.relu.forward(layer.forward(y)).add(same);
    }
    return this.drop.forward(y.sub(0.5).relu()).mul(-2).div(x.exp().add(1));
  }
}
class StudentInChalk extends manual.Layer {
  readonly relus = [0, 1, 2].map(() => new manual.ReLU());
  readonly hiddenLayers: manual.Linear[];
  readonly relu = new manual.ReLU();
  readonly drop: manual.Dropout;
  constructor(rng: Random) {
    super();
    this.hiddenLayers = [0, 1, 2].map(() => new manual.Linear(width, width, { rng }));
    this.drop = new manual.Dropout(0.3, { rng });
  }
  forward(x: NDArray): NDArray {
    let y = x;
    for (const [i, layer] of this.hiddenLayers.entries()) {
      const same = y;
      y = (this.relus[i] as manual.ReLU).forward(layer.forward(y)).add(same);
    }
    return this.drop.forward(this.relu.forward(y.sub(0.5))).mul(-2);
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}

/** Two classes of one name, and two objects of one class with other insides. */
const blocksOnTape = (rng: Random): autograd.Module[] => {
  class Block extends autograd.Module {
    readonly layer: autograd.Linear;
    readonly after: autograd.Module;
    constructor(after: autograd.Module) {
      super();
      this.layer = new autograd.Linear(width, width, { rng });
      this.after = after;
    }
    forward(x: Tensor): Tensor {
      return this.after.forward(this.layer.forward(x));
    }
  }
  const Other = class Block extends autograd.Module {
    readonly layer = new autograd.Linear(width, width, { rng });
    forward(x: Tensor): Tensor {
      return this.layer.forward(x).sigmoid().neg();
    }
  };
  return [
    new Block(new autograd.Tanh()),
    new Other(),
    new Block(new autograd.ELU(0.5)),
    new Block(new autograd.Tanh()),
  ];
};
const blocksInChalk = (rng: Random): manual.Layer[] => {
  class Block extends manual.Layer {
    readonly layer: manual.Linear;
    readonly after: manual.Layer;
    constructor(after: manual.Layer) {
      super();
      this.layer = new manual.Linear(width, width, { rng });
      this.after = after;
    }
    forward(x: NDArray): NDArray {
      return this.after.forward(this.layer.forward(x));
    }
    backward(dy: NDArray): NDArray {
      return dy;
    }
  }
  const Other = class Block extends manual.Layer {
    readonly layer = new manual.Linear(width, width, { rng });
    readonly sigmoid = new manual.Sigmoid();
    forward(x: NDArray): NDArray {
      return this.sigmoid.forward(this.layer.forward(x)).neg();
    }
    backward(dy: NDArray): NDArray {
      return dy;
    }
  };
  return [
    new Block(new manual.Tanh()),
    new Other(),
    new Block(new manual.ELU(0.5)),
    new Block(new manual.Tanh()),
  ];
};

/** Layers in a Map, in an object and in PyTorch's containers, with keys that are no names; an unused one; one called from outside. */
class KeepsOnTape extends autograd.Module {
  readonly heads: ReadonlyMap<string, autograd.Module>;
  readonly byName: Readonly<Record<string, autograd.Module | readonly (autograd.Module | null)[]>>;
  readonly list: autograd.ModuleList<autograd.Linear>;
  readonly dict: autograd.ModuleDict<autograd.Module>;
  readonly inner: StudentOnTape;
  readonly unused: autograd.Linear;
  constructor(rng: Random) {
    super();
    const linear = (): autograd.Linear => new autograd.Linear(width, width, { rng });
    this.heads = new Map([
      ["left head", linear()],
      ["class", new autograd.Tanh()],
    ]);
    this.byName = { 7: linear(), pair: [null, linear()] };
    this.list = new autograd.ModuleList([linear(), linear()]);
    this.dict = new autograd.ModuleDict({ last: new autograd.Sequential(linear(), new autograd.Softmax(1)) });
    this.inner = new StudentOnTape(rng);
    this.unused = linear();
  }
  forward(x: Tensor): Tensor {
    let y = (this.heads.get("left head") as autograd.Module).forward(x);
    y = (this.heads.get("class") as autograd.Module).forward(y);
    y = (this.byName[7] as autograd.Module).forward(y);
    y = ((this.byName.pair as autograd.Module[])[1] as autograd.Module).forward(y);
    for (const layer of this.list) y = layer.forward(y);
    y = (this.inner.hiddenLayers[1] as autograd.Linear).forward(y);
    return this.dict.get("last").forward(y);
  }
}
class KeepsInChalk extends manual.Layer {
  readonly heads: ReadonlyMap<string, manual.Layer>;
  constructor(rng: Random) {
    super();
    this.heads = new Map<string, manual.Layer>([
      ["left head", new manual.Linear(width, width, { rng })],
      ["class", new manual.Tanh()],
    ]);
  }
  forward(x: NDArray): NDArray {
    return [...this.heads.values()].reduce((y, head) => head.forward(y), x);
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}

/** One layer in two places, there and inside of a block, and one array in two layers. */
class Tied extends autograd.Module {
  readonly first: autograd.Linear;
  readonly again: autograd.Linear;
  readonly blocks: autograd.Sequential;
  readonly decoder: autograd.Linear;
  constructor(rng: Random) {
    super();
    this.first = new autograd.Linear(width, width, { rng });
    this.again = this.first;
    const relu = new autograd.ReLU();
    this.blocks = new autograd.Sequential(relu, this.first, relu, new autograd.Residual(this.first));
    this.decoder = new autograd.Linear(width, width, { rng });
    this.decoder.weight = this.first.weight;
  }
  forward(x: Tensor): Tensor {
    return this.decoder.forward(this.blocks.forward(this.again.forward(x)));
  }
}

/** A subclass of Sequential: one that adds nothing, and one that adds a step. */
class Plain extends autograd.Sequential {}
class Negated extends autograd.Sequential {
  override forward(x: Tensor): Tensor {
    return super.forward(x).neg();
  }
}
/** A part that knows the network around it. */
class Child extends autograd.Module {
  readonly parent: autograd.Module;
  readonly layer: autograd.Linear;
  constructor(parent: autograd.Module, rng: Random) {
    super();
    this.parent = parent;
    this.layer = new autograd.Linear(width, width, { rng });
  }
  forward(x: Tensor): Tensor {
    return this.layer.forward(x);
  }
}
class Parent extends autograd.Module {
  readonly child: Child;
  constructor(rng: Random) {
    super();
    this.child = new Child(this, rng);
  }
  forward(x: Tensor): Tensor {
    return this.child.forward(x);
  }
}
class TwoInputs extends autograd.Module<[a: Tensor, b: Tensor]> {
  readonly bilinear: autograd.Bilinear;
  constructor(rng: Random) {
    super();
    this.bilinear = new autograd.Bilinear(width, width, 3, { rng });
  }
  forward(a: Tensor, b: Tensor): Tensor {
    const c = a.add(b);
    return this.bilinear.forward(c, a.mul(c)).sigmoid().log();
  }
}

/** Networks of one's own by title, one or both sides of each, with batches of two sizes. */
export function ownNetworks(): Pair[] {
  const rng = random(8);
  const changed = new autograd.BasicBlock(2, 2, { rng });
  Object.assign(changed, { relu1: new autograd.Tanh() });
  const vectors = [[rng.normal(0, 1, [3, width])], [rng.normal(0, 1, [5, width])]];
  const images = [[rng.normal(0, 1, [2, 2, 4, 5])], [rng.normal(0, 1, [3, 2, 3, 3])]];
  const two = vectors.map(([x]) => [x as NDArray, rng.normal(0, 1, (x as NDArray).shape)]);
  const slim = { width: 1 / 8, shortcut: "B" } as const;
  return [
    {
      title: "ResNet20 of both sides, on images of other sizes",
      networks: [
        new manual.ResNet20({ ...slim, rng: random(1) }),
        new autograd.ResNet20({ ...slim, rng: random(1) }),
      ],
      batches: [[rng.normal(0, 1, [2, 3, 8, 8])], [rng.normal(0, 1, [1, 3, 12, 10])]],
    },
    { title: "student's class on tape", networks: [new StudentOnTape(rng)], batches: vectors },
    { title: "student's class in chalk", networks: [new StudentInChalk(rng)], batches: vectors },
    {
      title: "classes of one name on tape",
      networks: [new autograd.Sequential(...blocksOnTape(rng))],
      batches: vectors,
    },
    {
      title: "classes of one name in chalk",
      networks: [new manual.Sequential(...blocksInChalk(rng))],
      batches: vectors,
    },
    { title: "layers in a Map, on tape", networks: [new KeepsOnTape(rng)], batches: vectors },
    { title: "layers in a Map, in chalk", networks: [new KeepsInChalk(rng)], batches: vectors },
    { title: "shared layers and arrays", networks: [new Tied(rng)], batches: vectors },
    {
      title: "subclasses of Sequential",
      networks: [
        new Plain(new Negated(new autograd.Linear(width, 2, { rng }), new autograd.Tanh()), new Plain()),
      ],
      batches: vectors,
    },
    { title: "a part that knows its parent", networks: [new Parent(rng)], batches: vectors },
    { title: "two inputs", networks: [new TwoInputs(rng)], batches: two },
    { title: "a block that was changed", networks: [changed], batches: images },
    {
      title: "a block, twice",
      networks: [
        new autograd.Sequential(
          new autograd.BasicBlock(2, 3, { rng, stride: 2 }),
          new autograd.BasicBlock(3, 3, { rng }),
        ),
      ],
      batches: images,
    },
  ];
}
