import { expect } from "chai";
import {
  Adam,
  type AnyModule,
  BatchNorm1d,
  Linear,
  Module,
  ModuleDict,
  ModuleList,
  Parameter,
  ReLU,
  Sequential,
  type Tensor,
  tensor,
} from "chalk-and-tape/autograd";
import { summary } from "chalk-and-tape/compare";
import { array, random, zeros } from "chalk-and-tape/np";

const rng = random(1);
const linear = (): Linear => new Linear(2, 2, { rng });

/** A network with every way of holding parts. */
class Net extends Module {
  first = linear();
  blocks = new ModuleList([linear(), new Sequential(linear(), new ReLU())]);
  heads = new ModuleDict({ left: linear(), maxPool: new ReLU() });
  more = [this.first, new ReLU()];
  scale = new Parameter(array([2]));
  forward(x: Tensor): Tensor {
    let y = this.first.forward(x);
    for (const block of this.blocks) y = (block as Module).forward(y);
    return (this.heads.get("left") as Module).forward(y).mul(this.scale);
  }
}

const names = (found: readonly [string, AnyModule][]): string[] =>
  found.map(([name, part]) => `${name}:${part.constructor.name}`);

describe("Module, its parts", () => {
  it("namedChildren and children: those of its own fields, each once", () => {
    const net = new Net();
    expect(names(net.namedChildren())).to.deep.equal(["first:Linear", "blocks:ModuleList", "heads:ModuleDict", "more.1:ReLU"]); // biome-ignore format: one line
    expect(net.children()).to.deep.equal(net.namedChildren().map(([, part]) => part));
  });
  it("namedModules and modules: all of them, each before its own, named as in the state dict", () => {
    const net = new Net();
    expect(names(net.namedModules())).to.deep.equal([":Net", "first:Linear", "blocks:ModuleList", "blocks.0:Linear", "blocks.1:Sequential", "blocks.1.0:Linear", "blocks.1.1:ReLU", "heads:ModuleDict", "heads.left:Linear", "heads.max_pool:ReLU", "more.1:ReLU"].map((name) => name.replace("max_pool", "maxPool"))); // biome-ignore format: one list
    expect(net.modules().length).to.equal(11);
    expect(Object.keys(net.stateDict())).to.include.members([
      "blocks.1.0.weight",
      "heads.left.bias",
      "scale",
    ]);
  });
  it("apply: every part after its own parts, the module last", () => {
    const seen: string[] = [];
    const net = new Sequential(new Sequential(linear()), new ReLU());
    expect(net.apply((part) => seen.push(part.constructor.name))).to.equal(net);
    expect(seen).to.deep.equal(["Linear", "Sequential", "ReLU", "Sequential"]);
    expect(() => net.apply(1 as never)).to.throw(TypeError, "Sequential.apply: fn is 1, expected a function");
  });
  it("a module that holds its parent is visited once", () => {
    class Child extends ReLU {
      parent: Module | null = null;
    }
    const child = new Child();
    const net = new Sequential(child);
    child.parent = net;
    expect(names(net.namedModules())).to.deep.equal([":Sequential", "0:Child"]);
  });
  it("Sequential is iterable and has a length", () => {
    const net = new Sequential(linear(), new ReLU());
    expect([...net].map((part) => part.constructor.name)).to.deep.equal(["Linear", "ReLU"]);
    expect(net.length).to.equal(2);
  });
});

describe("ModuleList and ModuleDict", () => {
  it("train with everything they hold, under the keys of a plain list and object", () => {
    class Plain extends Net {
      override blocks = [...new Net().blocks] as never;
      override heads = { left: linear(), maxPool: new ReLU() } as never;
    }
    const net = new Net();
    expect(Object.keys(net.stateDict()).sort()).to.deep.equal(Object.keys(new Plain().stateDict()).sort());
    net
      .forward(tensor([[1, 2]]))
      .sum()
      .backward();
    const optimizer = new Adam(net.parameters(), { lr: 0.1 });
    const before = net.scale.item();
    optimizer.step();
    expect(net.scale.item()).to.not.equal(before);
    expect(net.parameters().every((p) => p.grad !== null)).to.equal(true);
    net.eval();
    expect(net.modules().every(({ training }) => !training)).to.equal(true);
  });
  it("a list: append, extend, insert, at and length", () => {
    const [a, b, c, d] = [new ReLU(), new ReLU(), new ReLU(), new ReLU()] as [ReLU, ReLU, ReLU, ReLU];
    const list = new ModuleList([a]).append(c).extend([d]);
    list.insert(1, b);
    expect([...list]).to.deep.equal([a, b, c, d]);
    expect([list.at(0), list.at(-1), list.length]).to.deep.equal([a, d, 4]);
    expect(() => list.at(4)).to.throw(RangeError, "ModuleList.at: index 4 of 4 modules");
    expect(() => list.append(1 as never)).to.throw(
      TypeError,
      "ModuleList: append[0] is 1, which is not a Module",
    );
    expect(() => list.forward()).to.throw(TypeError, "a list has no forward");
  });
  it("a dict: get, set, has, pop, keys, values, items and length", () => {
    const [a, b] = [new ReLU(), linear()];
    const dict = new ModuleDict<Module>(new Map([["a", a]]));
    dict.set("b", b);
    expect([[...dict], [...dict.keys()], [...dict.values()], dict.length]).to.deep.equal([["a", "b"], ["a", "b"], [a, b], 2]); // biome-ignore format: one line
    expect([...dict.items()]).to.deep.equal([["a", a], ["b", b]]); // biome-ignore format: one line
    expect([dict.has("a"), dict.pop("a"), dict.has("a")]).to.deep.equal([true, a, false]);
    expect(() => dict.get("a")).to.throw(RangeError, 'ModuleDict.get: no module "a"; expected one of b');
    expect(() => dict.set("x.y", a)).to.throw(TypeError, "must not be empty or contain a dot");
    expect(() => new ModuleDict({ a: 1 as never })).to.throw(
      TypeError,
      "ModuleDict: a is 1, which is not a Module",
    );
  });
});

describe("Parameter", () => {
  it("is a leaf that requires a gradient, from an array, a list or a tensor", () => {
    for (const data of [zeros([2]), [0, 0], tensor([0, 0])]) {
      const p = new Parameter(data as never);
      expect([p.requiresGrad, p.node, p.toArray()]).to.deep.equal([true, null, [0, 0]]);
    }
    expect(new Parameter(zeros([1]), false).requiresGrad).to.equal(false);
    expect(() => new Parameter(zeros([1], { dtype: "int32" }))).to.throw(TypeError, "only float64 and float32 have gradients"); // biome-ignore format: one line
  });
});

describe("registerBuffer", () => {
  class Net2 extends Module {
    weight = new Parameter([1]);
    forward(x: Tensor): Tensor {
      return x;
    }
  }
  it("is saved in the state dict and is no parameter", () => {
    const net = new Net2();
    net.registerBuffer("runningMean", zeros([2]));
    net.registerBuffer("later", null);
    expect(Object.keys(net.stateDict())).to.deep.equal(["weight", "running_mean"]);
    expect(net.parameters()).to.deep.equal([net.weight]);
    net.registerBuffer("later", zeros([1]));
    net.registerBuffer("runningMean", zeros([3]));
    expect(net.stateDict().running_mean?.shape).to.deep.equal([3]);
  });
  it("refuses a name that is taken, empty or has a dot, and anything but an array", () => {
    const net = new Net2();
    for (const name of ["weight", "forward", "training"])
      expect(() => net.registerBuffer(name, zeros([1]))).to.throw(
        TypeError,
        `attribute '${name}' already exists`,
      );
    expect(() => net.registerBuffer("a.b", zeros([1]))).to.throw(
      TypeError,
      "must not be empty or contain a dot",
    );
    expect(() => net.registerBuffer("a", [1] as never)).to.throw(TypeError, "Net2.registerBuffer: array is [1], expected an NDArray"); // biome-ignore format: one line
  });
  it("takes a tensor that requires no gradient, and keeps it in the state dict", () => {
    const net = new Net2();
    net.registerBuffer("mask", tensor([[1, 0]]));
    expect(net.stateDict().mask?.shape).to.deep.equal([1, 2]);
    expect(net.parameters()).to.deep.equal([net.weight]);
    const learned = tensor([1], { requiresGrad: true });
    expect(() => net.registerBuffer("a", learned)).to.throw(TypeError, "that requires no gradient");
  });
});

describe("loadStateDict", () => {
  it("takes tensors as well as arrays", () => {
    const layer = linear();
    layer.loadStateDict({ weight: tensor([[1, 2], [3, 4]]), bias: array([5, 6]) }); // biome-ignore format: one line
    expect(layer.weight.toArray()).to.deep.equal([[1, 2], [3, 4]]); // biome-ignore format: one line
    expect(() => layer.loadStateDict({ weight: 3 as never })).to.throw(
      TypeError,
      "weight is 3, expected an NDArray",
    );
  });
});

describe("forward hooks", () => {
  const x = tensor([[1, -1]]);
  it("see module, inputs and output, and may replace the output", () => {
    const relu = new ReLU();
    const seen: unknown[] = [];
    const first = relu.registerForwardHook((module, [input], output) => {
      seen.push(module === relu, input.toArray(), output.toArray());
    });
    relu.registerForwardHook((_module, _inputs, output) => output.mul(10));
    expect(relu.forward(x).toArray()).to.deep.equal([[10, 0]]);
    expect(seen).to.deep.equal([true, [[1, -1]], [[1, 0]]]);
    first.remove();
    relu.forward(x);
    expect(seen.length).to.equal(3);
  });
  it("pre-hooks may replace the inputs, in a list or a single one", () => {
    const relu = new ReLU();
    const one = relu.registerForwardPreHook((_module, [input]) => input.neg());
    expect(relu.forward(x).toArray()).to.deep.equal([[0, 1]]);
    relu.registerForwardPreHook((_module, [input]) => [input.mul(3)]);
    expect(relu.forward(x).toArray()).to.deep.equal([[0, 3]]);
    one.remove();
    expect(relu.forward(x).toArray()).to.deep.equal([[3, 0]]);
  });
  it("run wherever the part is called, on the tape, and are no part of the state", () => {
    const net = new Sequential(linear(), new ReLU());
    const shapes: (readonly number[])[] = [];
    for (const part of net) part.registerForwardHook((_module, _inputs, y) => void shapes.push(y.shape));
    const before = Object.keys(net.stateDict());
    net.forward(x).sum().backward();
    expect(shapes).to.deep.equal([[1, 2], [1, 2]]); // biome-ignore format: one line
    expect(Object.keys(net.stateDict())).to.deep.equal(before);
    expect(net.parameters()[0]?.grad).to.not.equal(null);
  });
  it("stay after a summary of the network", () => {
    const net = new Sequential(new BatchNorm1d(2));
    let calls = 0;
    net.registerForwardHook(() => void calls++);
    summary(net, [4, 2]);
    const after = calls;
    net.forward(tensor([[1, 2], [3, 4]])); // biome-ignore format: a matrix
    expect(calls).to.equal(after + 1);
  });
  it("see all outputs of a module with several", () => {
    class Both extends Module<[x: Tensor], [Tensor, Tensor]> {
      first = linear();
      forward(x: Tensor): [Tensor, Tensor] {
        return [this.first.forward(x), x];
      }
    }
    const both = new Both();
    let seen: readonly Tensor[] = [];
    both.registerForwardHook((_module, _inputs, outputs) => {
      seen = outputs;
    });
    const [y, input] = both.forward(x);
    expect(seen).to.deep.equal([y, input]);
    both.registerForwardHook((_module, _inputs, [a, b]) => [b, a]);
    expect(both.forward(x)[0]).to.equal(x);
  });
  it("refuse anything but a function, and an output that is not a tensor", () => {
    const relu = new ReLU();
    expect(() => relu.registerForwardHook(1 as never)).to.throw(TypeError, "registerForwardHook: hook is 1");
    expect(() => relu.registerForwardPreHook(1 as never)).to.throw(
      TypeError,
      "registerForwardPreHook: hook is 1",
    );
    relu.registerForwardHook(() => 3 as never);
    expect(() => relu.forward(x)).to.throw(
      TypeError,
      "registerForwardHook: the hook returned 3; expected a tensor",
    );
  });
});
