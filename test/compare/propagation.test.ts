import { expect } from "chai";
import { type Case, cases } from "chalk-and-tape/compare";
import { numericalGradient } from "chalk-and-tape/gradcheck";
import {
  Conv2d,
  Flatten,
  Layer,
  LeNet5,
  Linear,
  MaxPool2d,
  Mlp,
  MlpClassifier,
  ReLU,
  Sequential,
  Sigmoid,
  Tanh,
} from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import { checkCase, Propagation } from "#internal/compare";
import { project } from "#internal/gradcheck";

/** Treats every row on its own, but no element: through it, whole rows are computed. */
class Centre extends Layer {
  forward(x: NDArray): NDArray {
    return x.sub(x.mean(1, true));
  }
  backward(dy: NDArray): NDArray {
    return dy.sub(dy.mean(1, true));
  }
}
/** Rows of 4 as images of 2 × 2. */
class Square extends Layer {
  forward(x: NDArray): NDArray {
    return x.reshape(-1, 1, 2, 2);
  }
  backward(dy: NDArray): NDArray {
    return dy.reshape(-1, 4);
  }
}
/** Two ways from x to y: no chain. */
class Fork extends Layer {
  readonly left: Linear = new Linear(3, 3, { rng: random(1) });
  readonly right: Linear = new Linear(3, 3, { rng: random(2) });
  forward(x: NDArray): NDArray {
    return this.left.forward(x).add(this.right.forward(x));
  }
  backward(dy: NDArray): NDArray {
    return this.left.backward(dy).add(this.right.backward(dy));
  }
}

const rng = random(11);
const linear = (a: number, b: number): Linear => new Linear(a, b, { rng });
const networks: readonly [what: string, network: Layer, x: readonly number[]][] = [
  ["the lecture's classifier", new MlpClassifier({ rng }), [4, 2]],
  ["smooth activations", new Sequential(linear(3, 5), new Tanh(), linear(5, 4), new Sigmoid(), linear(4, 2)), [3, 3]],
  ["an activation at the end", new Sequential(linear(3, 4), new ReLU(), linear(4, 3), new Tanh()), [2, 3]],
  ["two Linears in a row, without bias", new Sequential(new Linear(3, 4, { rng, bias: false }), linear(4, 2)), [2, 3]],
  ["a layer that mixes columns", new Sequential(linear(3, 4), new Centre(), new Tanh(), linear(4, 2)), [2, 3]],
  ["a network in a network", new Sequential(new Sequential(linear(3, 4), new ReLU()), linear(4, 2)), [2, 3]],
  ["a Linear alone", linear(3, 2), [2, 3]],
  ["a convolution alone", new Conv2d(2, 3, 2, { rng }), [2, 2, 3, 4]],
  ["convolutions, pooling, rows", new Sequential(new Conv2d(1, 2, 3, { rng, padding: 1 }), new ReLU(), new MaxPool2d(2), new Conv2d(2, 3, 2, { rng }), new Tanh(), new Flatten(), linear(6, 3), new ReLU(), linear(3, 2)), [2, 1, 4, 6]],
  ["groups, strides, dilation, another padding", new Sequential(new Conv2d(4, 6, [2, 3], { rng, groups: 2, stride: [1, 2], dilation: [2, 1], padding: [1, 2], paddingMode: "circular" }), new Tanh(), new Conv2d(6, 6, 2, { rng, groups: 6, bias: false })), [2, 4, 3, 3]],
  ["rows that become images", new Sequential(linear(4, 4), new Square(), new Conv2d(1, 2, 2, { rng })), [2, 4]],
]; // biome-ignore format: a table

describe("compare, what a perturbation can reach", () => {
  for (const [what, network, shape] of networks)
    it(`${what}: every partial evaluation equals the whole forward`, () => {
      const x = rng.normal(0, 1, shape);
      const dy = rng.normal(0, 1, network.forward(x).shape);
      const propagation = Propagation.of(network, new Map([["x", x]]), dy) as Propagation;
      const before = project(network.forward(x), dy);
      const arrays = [x, ...network.parameters().map(({ value }) => value)];
      for (const array of arrays) {
        const moved = propagation.along(array);
        if (what === "rows that become images" && array.ndim < 3 && moved === null) continue; // by whole forwards
        expect(moved, "known").not.to.equal(null);
        const data = array.flat();
        const elements = Int32Array.from({ length: array.size }, (_, i) => i);
        for (const step of [0.5, -1e-3]) {
          const partial = moved?.changes(elements, new Float64Array(array.size).fill(step))
            .values as Float64Array;
          for (const i of elements) {
            const old = data[i] as number;
            data[i] = old + step;
            const whole = project(network.forward(x), dy) - before;
            data[i] = old;
            expect(partial[i]).to.be.closeTo(whole, 1e-13);
          }
        }
      }
    });

  it("is not there for a network that is no chain, nor for an array that is none of its weights", () => {
    const x = rng.normal(0, 1, [2, 3]);
    expect(Propagation.of(new Fork(), new Map([["x", x]]), x)).to.equal(null);
    const propagation = Propagation.of(linear(3, 2), new Map([["x", x]]), rng.normal(0, 1, [2, 2]));
    expect(propagation?.along(rng.normal(0, 1, [2, 3]))).to.equal(null);
  });

  it("leaves the network's own methods in place", () => {
    const network = new MlpClassifier({ rng });
    Propagation.of(network, new Map([["x", rng.normal(0, 1, [2, 2])]]), rng.normal(0, 1, [2, 1]));
    expect(Object.hasOwn(network.layer1, "forward")).to.equal(false);
  });
});

describe("compare, every parameter of Mlp", () => {
  const row = cases.find(({ name }) => name === "Mlp") as Case;
  type Place = readonly [layer: "layer1" | "layer2" | "layer3", index: number];
  /** Mlp with one element of some gradients changed. */
  const wrongAt = (change: (g: number) => number, ...places: readonly Place[]): typeof Mlp =>
    class extends Mlp {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        for (const [layer, index] of places) {
          const gradient = (this[layer].dWeight as NDArray).copy();
          gradient.flat()[index] = change(gradient.flat()[index] as number);
          this[layer].dWeight = gradient;
        }
        return dx;
      }
    };

  it("one wrong element of an array, among 218,058, is found, wherever it is", () => {
    for (const places of [
      [
        ["layer1", 0],
        ["layer2", 7777],
        ["layer3", 639],
      ],
      [["layer1", 200_703]],
    ] as const) {
      const student = wrongAt((g) => g * 1.001, ...places);
      const { rows } = checkCase(row, { student, explained: false });
      const wrong = rows.filter(({ verdict }) => verdict !== "agree").map(({ quantity }) => quantity);
      expect(wrong).to.deep.equal(places.map(([layer]) => `${layer}.weight`));
    }
  });

  it("an element whose gradient is 0 in the first batch is checked in another one", () => {
    const layer = row.manual(random(0)) as Mlp;
    const x = row.inputs.x(random(0));
    const y = layer.forward(x);
    layer.backward(random(9).normal(0, 1, y.shape));
    const silent = [...(layer.layer2.dWeight as NDArray).flat()].indexOf(0);
    expect(silent, "a weight between two units that are never awake together").to.be.at.least(0);
    // Right where it is 0, and 1 % off where it is not: a check of the first batch alone would pass it.
    const { rows } = checkCase(row, {
      student: wrongAt((g) => g * 1.01, ["layer2", silent]),
      explained: false,
    });
    expect(rows.find(({ quantity }) => quantity === "layer2.weight")?.verdict).to.equal("disagree");
  });

  it("numerical and whole-forward gradients of sampled elements are equal", () => {
    const layer = row.manual(random(3)) as Mlp;
    const x = rng.normal(0, 1, [4, 784]);
    const dy = rng.normal(0, 1, [4, 10]);
    const propagation = Propagation.of(layer, new Map([["x", x]]), dy) as Propagation;
    const at = [5, 784 * 100 + 33, 200_000];
    const whole = numericalGradient(() => project(layer.forward(x), dy), layer.layer1.weight, at);
    const step = 2 ** -12;
    const partial = propagation
      .along(layer.layer1.weight)
      ?.changes(Int32Array.from(at), new Float64Array(3).fill(step)).values;
    for (const [i, { value }] of whole.estimates.entries())
      expect((partial?.[i] as number) / step).to.be.closeTo(value, 1e-6);
  });
});

describe("compare, every parameter of LeNet5", () => {
  const row = cases.find(({ name }) => name === "LeNet5") as Case;
  class WrongAt extends LeNet5 {
    override backward(dy: NDArray): NDArray {
      const dx = super.backward(dy);
      for (const [layer, index] of [
        [this.conv1, 149],
        [this.conv2, 777],
        [this.fc1, 47_000],
      ] as const) {
        const wrong = (layer.dWeight as NDArray).copy();
        wrong.flat()[index] = (wrong.flat()[index] as number) * 1.001;
        layer.dWeight = wrong;
      }
      return dx;
    }
  }

  it("is checked by its name, element by element; the differences find one wrong element of each array", () => {
    const { rows } = checkCase(row, { student: WrongAt as never, explained: false, named: true });
    const wrong = rows.filter(({ verdict }) => verdict !== "agree");
    expect(wrong.map(({ quantity }) => quantity)).to.deep.equal([
      "conv1.weight",
      "conv2.weight",
      "fc1.weight",
    ]);
    for (const { alone } of wrong) expect(alone, "the tape and the differences agree").to.equal("analytical");
    expect(rows.find(({ quantity }) => quantity === "no parameter unchecked")?.verdict).to.equal("agree");
  });

  it("and along random directions where it is not asked for by name", () => {
    const { rows } = checkCase(row);
    expect(rows.map(({ quantity }) => quantity)).to.include("3 random directions");
    expect(rows.filter(({ verdict }) => verdict !== "agree")).to.deep.equal([]);
  });
});
