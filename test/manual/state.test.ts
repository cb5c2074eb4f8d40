import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import type { StateDict } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, ones, random, zeros } from "chalk-and-tape/np";
import { type Side, sides } from "../training/both-sides.ts";

/** What both base classes offer. */
interface Network {
  training: boolean;
  parameters(): readonly (NamedValue | { readonly data: NDArray })[];
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
  train(mode?: boolean): Network;
  eval(): Network;
}
interface NamedValue {
  readonly value: NDArray;
}

const rng = () => random(7);
const arraysOf = (network: Network): NDArray[] =>
  network.parameters().map((p) => ("value" in p ? p.value : p.data));
const sizeOf = (network: Network): number => arraysOf(network).reduce((sum, p) => sum + p.size, 0);

const keysOfLayers = (names: readonly string[]): string[] =>
  names.flatMap((name) => [`${name}.weight`, `${name}.bias`]);

function sequential({ classes: c }: Side): Network {
  const inner = new c.Sequential(...([new c.Linear(3, 3, { rng: rng() }), new c.Tanh()] as never[]));
  const parts = [
    new c.Linear(2, 3, { rng: rng() }),
    new c.ReLU(),
    inner,
    new c.Linear(3, 1, { rng: rng(), bias: false }),
  ];
  return new c.Sequential(...(parts as never[])) as Network;
}

interface Lists {
  layers: object[];
  blocks: object[];
}

/** A network with two lists of parts, one of them called `layers`, which holds a Sequential. */
function listed({ name, classes: c }: Side): manual.Identity | autograd.Identity {
  const linear = (): object => new c.Linear(2, 2, { rng: rng() });
  const lists = (): Lists => ({
    layers: [linear(), new c.Sequential(...([linear(), new c.ReLU()] as never[]))],
    blocks: [linear()],
  });
  class OnChalk extends manual.Identity implements Lists {
    layers: object[] = lists().layers;
    blocks: object[] = lists().blocks;
  }
  class OnTape extends autograd.Identity implements Lists {
    layers: object[] = lists().layers;
    blocks: object[] = lists().blocks;
  }
  return name === "chalk" ? new OnChalk() : new OnTape();
}

for (const side of sides) {
  const { classes } = side;
  describe(`${side.name}, parameters and state`, () => {
    it("names and order are PyTorch's: layer1.weight; Sequential's are 0.weight, nested 2.0.bias", () => {
      const mlp = new classes.Mlp({ rng: rng() }) as Network;
      expect(Object.keys(mlp.stateDict())).to.deep.equal(keysOfLayers(["layer1", "layer2", "layer3"]));
      expect(Object.keys(new classes.MlpClassifier({ rng: rng() }).stateDict())).to.deep.equal(
        keysOfLayers(["layer1", "layer2", "layer3", "layer4"]),
      );
      expect(Object.keys(sequential(side).stateDict())).to.deep.equal([
        "0.weight",
        "0.bias",
        "2.0.weight",
        "2.0.bias",
        "3.weight",
      ]);
      expect(arraysOf(mlp)).to.deep.equal(Object.values(mlp.stateDict()));
      expect(mlp.stateDict()["layer2.weight"]?.shape).to.deep.equal([64, 256]);
    });
    it("a list keeps its name, one called layers as well: layers.0.weight; a Sequential in it has bare numbers", () => {
      const net = listed(side);
      const keys = ["layers.0.weight", "layers.0.bias", "layers.1.0.weight", "layers.1.0.bias"];
      const all = [...keys, "blocks.0.weight", "blocks.0.bias"];
      expect(Object.keys(net.stateDict())).to.deep.equal(all);
      const names =
        net instanceof autograd.Module
          ? net.namedParameters().map(([name]) => name)
          : net.parameters().map((p) => p.name);
      expect(names, "as optimizers see them").to.deep.equal(all);
      const other = listed(side);
      for (const x of arraysOf(net)) x.addInPlace(ones(x.shape), 0.25);
      other.loadStateDict(net.stateDict());
      expect(arraysOf(other).map((x) => x.toArray())).to.deep.equal(arraysOf(net).map((x) => x.toArray()));
      expect(() => other.loadStateDict(sequential(side).stateDict())).to.throw(
        RangeError,
        "layers.0.weight is missing",
      );
    });
    it("Mlp has exactly 218,058 parameters, MlpClassifier 261", () => {
      expect(sizeOf(new classes.Mlp({ rng: rng() }) as Network)).to.equal(218_058);
      expect(sizeOf(new classes.MlpClassifier({ rng: rng() }) as Network)).to.equal(261);
    });
    it("one seed gives one network; dtype reaches every layer", () => {
      const state = (seed: number): string =>
        JSON.stringify(
          Object.values(new classes.MlpClassifier({ rng: random(seed) }).stateDict()).map((x) => x.toArray()),
        );
      expect(state(1)).to.equal(state(1));
      expect(state(1)).to.not.equal(state(2));
      const single = new classes.Mlp({ rng: rng(), dtype: "float32" }).stateDict();
      expect(Object.values(single).map((x) => x.dtype)).to.deep.equal(Array(6).fill("float32"));
    });
    it("Linear(784, 256) starts uniform within 1/28, weight and bias, with deviation 1/28/sqrt(3) = 0.0206", () => {
      const { weight, bias } = new classes.Linear(784, 256, { rng: rng() }).stateDict() as {
        weight: NDArray;
        bias: NDArray;
      };
      for (const x of [weight, bias]) {
        expect(Math.max(-x.min().item(), x.max().item())).to.be.within(
          x === weight ? 0.03571 : 0.034,
          1 / 28,
        );
        expect(Math.abs(x.mean().item())).to.be.below((4 * 0.0206) / Math.sqrt(x.size));
        expect(Math.sqrt(x.mul(x).mean().item())).to.be.closeTo(0.0206, x === weight ? 1e-4 : 2e-3);
      }
    });
    it("Linear refuses sizes that are not whole numbers from 1 on", () => {
      expect(() => new classes.Linear(0, 3, { rng: rng() })).to.throw(
        RangeError,
        "Linear: inFeatures is 0, expected a whole number >= 1",
      );
      expect(() => new classes.Linear(3, 2.5, { rng: rng() })).to.throw(
        RangeError,
        "Linear: outFeatures is 2.5",
      );
    });
    it("loadStateDict copies into the arrays that optimizers hold, and converts the dtype", () => {
      const [from, to] = [sequential(side), sequential(side)];
      for (const x of arraysOf(from)) x.addInPlace(ones(x.shape), 0.25);
      const before = arraysOf(to);
      const state = from.stateDict();
      state["0.weight"] = (state["0.weight"] as NDArray).astype("float32");
      to.loadStateDict(state);
      for (const [i, x] of arraysOf(to).entries()) {
        expect(x).to.equal(before[i]);
        expect(x.dtype).to.equal("float64");
        expect(x.toArray()).to.deep.equal(Object.values(state)[i]?.toArray());
      }
      arraysOf(from)[1]?.addInPlace(ones([3]));
      expect(arraysOf(to)[1]?.toArray(), "a copy, not the array itself").to.not.deep.equal(
        arraysOf(from)[1]?.toArray(),
      );
    });
    it("loadStateDict lists every missing, unknown and misshapen key, and has then copied nothing", () => {
      const model = sequential(side);
      const before = arraysOf(model).map((x) => x.toArray());
      const state: StateDict = {
        "0.weight": zeros([3, 2]),
        "0.bias": zeros([2]),
        "2.0.weight": zeros([9]),
        "3.bias": zeros([1]),
      };
      expect(() => model.loadStateDict(state)).to.throw(
        RangeError,
        "Sequential.loadStateDict: the state dict does not fit: 2.0.bias is missing; 3.weight is missing; 3.bias is unknown here; 0.bias has shape (2,), expected (3,); 2.0.weight has shape (9,), expected (3, 3)",
      );
      expect(arraysOf(model).map((x) => x.toArray())).to.deep.equal(before);
    });
    it("one side's state loads into the other", () => {
      const other = sides.find((s) => s !== side) as Side;
      const [a, b] = [
        new classes.MlpClassifier({ rng: random(1) }),
        new other.classes.MlpClassifier({ rng: random(2) }),
      ];
      b.loadStateDict(a.stateDict());
      const state = (m: { stateDict(): StateDict }) => Object.values(m.stateDict()).map((x) => x.toArray());
      expect(state(b)).to.deep.equal(state(a));
    });
    it("train() and eval() reach every part, nested ones too, and return the network", () => {
      const model = sequential(side);
      const parts = (network: object): Network[] => [
        network as Network,
        ...((network as { layers?: object[] }).layers ?? []).flatMap(parts),
      ];
      expect(parts(model).length).to.equal(7);
      expect(model.eval()).to.equal(model);
      expect(parts(model).map((p) => p.training)).to.deep.equal(Array(7).fill(false));
      expect(model.train()).to.equal(model);
      expect(parts(model).map((p) => p.training)).to.deep.equal(Array(7).fill(true));
    });
    it("W1 and W2 of NonlinearClassifier are parameters", () => {
      const made = (x: NDArray): never => (side.name === "tape" ? new autograd.Tensor(x, true) : x) as never;
      const model = new classes.NonlinearClassifier(made(zeros([4, 3])), made(array([[1, 2, 3, 4, 5]])));
      expect(Object.keys(model.stateDict())).to.deep.equal(["W1", "W2"]);
      expect(sizeOf(model as unknown as Network)).to.equal(17);
    });
  });
}
