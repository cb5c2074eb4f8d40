import { readFileSync } from "node:fs";
import { expect } from "chai";
import { array, exp, type NDArray, random, sigmoid } from "chalk-and-tape/np";
import type { StateDict } from "chalk-and-tape/training";
import { type Pass, type Side, sides, wave } from "./both-sides.ts";

interface Numbers {
  readonly y: number[];
  readonly dx: number[];
}
interface Sample {
  readonly norm: number;
  readonly entries: number[];
}
interface Fixture {
  readonly madeBy: string;
  readonly layers: Record<string, Numbers & Record<string, number[]>>;
  readonly losses: Record<string, Record<"mean" | "sum" | "none", Numbers>>;
  readonly optimizers: Record<string, number[][]>;
  readonly models: Record<
    string,
    { y: number[]; loss: number; dx: Sample; gradients: Record<string, Sample> }
  >;
}

// From .build/test/training/.
const file = new URL("../../../test/fixtures/torch.json", import.meta.url);
const fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;

function close(actual: Iterable<number>, wanted: readonly number[], about: string): void {
  const found = [...actual];
  expect(found.length, `${about}: size`).to.equal(wanted.length);
  for (const [i, value] of wanted.entries())
    expect(
      Math.abs((found[i] as number) - value),
      `${about}[${i}]: ${found[i]}, PyTorch has ${value}`,
    ).to.be.at.most(1e-9 * Math.max(1, Math.abs(value)));
}

interface Stateful {
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
}
/** make-torch.py's `set_weights`. */
function setWeights(network: object, scaled: boolean): void {
  const model = network as Stateful;
  const state = Object.entries(model.stateDict()).map(([name, p], k): [string, NDArray] => [
    name,
    wave(p.shape, k + 1).div(scaled ? Math.sqrt(p.shape.at(-1) as number) : 1),
  ]);
  model.loadStateDict(Object.fromEntries(state));
}

const rng = () => random(0);
const layers: Record<string, { build: (c: Side["classes"]) => object; x: NDArray }> = {
  Linear: { build: (c) => new c.Linear(3, 4, { rng: rng() }), x: wave([5, 3], 0) },
  "Linear without bias": {
    build: (c) => new c.Linear(3, 2, { rng: rng(), bias: false }),
    x: wave([4, 3], 0),
  },
  ReLU: { build: (c) => new c.ReLU(), x: wave([4, 3], 0) },
  Sigmoid: { build: (c) => new c.Sigmoid(), x: wave([4, 3], 0).mul(5) },
  Tanh: { build: (c) => new c.Tanh(), x: wave([4, 3], 0).mul(2) },
  Sequential: {
    build: (c) => {
      const parts = [new c.Linear(3, 4, { rng: rng() }), new c.Tanh(), new c.Linear(4, 2, { rng: rng() })];
      return new c.Sequential(...(parts as never[]));
    },
    x: wave([5, 3], 0),
  },
};

const softmax = (x: NDArray): NDArray => exp(x).div(exp(x).sum(1, true));
const binary: NDArray = array(Array.from({ length: 12 }, (_, i) => Number(Math.sin(i) > 0))).reshape(4, 3);
type LossName = "MSELoss" | "BCELoss" | "BCEWithLogitsLoss" | "CrossEntropyLoss";
const losses: Record<string, { name: LossName; x: NDArray; target: NDArray }> = {
  MSELoss: { name: "MSELoss", x: wave([4, 3], 0), target: wave([4, 3], 3) },
  BCELoss: { name: "BCELoss", x: sigmoid(wave([4, 3], 0)), target: sigmoid(wave([4, 3], 3)) },
  BCEWithLogitsLoss: { name: "BCEWithLogitsLoss", x: wave([4, 3], 0).mul(8), target: binary },
  "CrossEntropyLoss, indices": {
    name: "CrossEntropyLoss",
    x: wave([4, 3], 0).mul(4),
    target: array([2, 0, 1, 1], { dtype: "int32" }),
  },
  "CrossEntropyLoss, probabilities": {
    name: "CrossEntropyLoss",
    x: wave([4, 3], 0),
    target: softmax(wave([4, 3], 3)),
  },
  "CrossEntropyLoss, weights that do not sum to 1": {
    name: "CrossEntropyLoss",
    x: wave([4, 3], 0),
    target: sigmoid(wave([4, 3], 3)),
  },
};

const optimizers: Record<string, readonly ["SGD" | "Adam", object]> = {
  SGD: ["SGD", { lr: 0.1 }],
  "SGD momentum": ["SGD", { lr: 0.1, momentum: 0.9 }],
  "SGD nesterov": ["SGD", { lr: 0.1, momentum: 0.9, nesterov: true }],
  "SGD dampening": ["SGD", { lr: 0.1, momentum: 0.9, dampening: 0.5 }],
  "SGD weightDecay": ["SGD", { lr: 0.1, weightDecay: 0.2 }],
  "SGD everything": ["SGD", { lr: 0.05, momentum: 0.8, nesterov: true, weightDecay: 0.1 }],
  Adam: ["Adam", { lr: 0.1 }],
  "Adam weightDecay": ["Adam", { lr: 0.1, weightDecay: 0.3 }],
  "Adam betas and eps": ["Adam", { lr: 0.05, betas: [0.5, 0.7], eps: 1e-2 }],
};

function sample(g: NDArray): number[] {
  const values = [...g.flat()];
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
  return [
    norm,
    ...Array.from({ length: 5 }, (_, i) => values[Math.floor((i * (values.length - 1)) / 4)] as number),
  ];
}

const models: Record<string, { x: NDArray; loss: LossName; target: NDArray }> = {
  MlpClassifier: {
    x: wave([6, 2], 0),
    loss: "BCEWithLogitsLoss",
    target: array([[1], [0], [1], [1], [0], [0]]),
  },
  Mlp: { x: wave([4, 28, 28], 0), loss: "CrossEntropyLoss", target: array([3, 0, 9, 3], { dtype: "int32" }) },
};

describe(`both sides against ${fixture.madeBy}, float64 to 1e-9`, () => {
  it("every number of the fixture is compared", () => {
    expect(Object.keys(layers)).to.deep.equal(Object.keys(fixture.layers));
    expect([...Object.keys(losses), "BCELoss at 0 and 1"]).to.deep.equal(Object.keys(fixture.losses));
    expect(Object.keys(optimizers)).to.deep.equal(Object.keys(fixture.optimizers));
    expect(Object.keys(models)).to.deep.equal(Object.keys(fixture.models));
  });

  for (const side of sides) {
    for (const [name, { build, x }] of Object.entries(layers)) {
      it(`${side.name}, ${name}: y, dx and the gradients, under PyTorch's keys in PyTorch's order`, () => {
        const { y, dx, ...parameters } = fixture.layers[name] as Numbers & Record<string, number[]>;
        const network = build(side.classes);
        setWeights(network, false);
        const found = side.pass(
          network,
          x,
          wave([x.shape[0] as number, y.length / (x.shape[0] as number)], 9),
        );
        close(found.y.flat(), y, "y");
        close(found.dx.flat(), dx, "dx");
        expect(Object.keys(found.gradients)).to.deep.equal(Object.keys(parameters));
        for (const [key, wanted] of Object.entries(parameters))
          close((found.gradients[key] as NDArray).flat(), wanted, key);
      });
    }

    for (const [title, { name, x, target }] of Object.entries(losses)) {
      it(`${side.name}, ${title}: mean, sum and none, with a factor of -0.75 or a wave from above`, () => {
        for (const reduction of ["mean", "sum", "none"] as const) {
          const wanted = fixture.losses[title]?.[reduction] as Numbers;
          const shape = reduction === "none" ? (name === "CrossEntropyLoss" ? [4] : [4, 3]) : [];
          const loss = new side.classes[name]({ reduction });
          const found: Pass = side.lossPass(loss, x, target, reduction === "none" ? wave(shape, 9) : -0.75);
          expect(found.y.shape).to.deep.equal(shape);
          close(found.y.flat(), wanted.y, `${reduction} y`);
          close(found.dx.flat(), wanted.dx, `${reduction} dx`);
        }
      });
    }

    it(`${side.name}, BCELoss at exactly 0 and 1: PyTorch's loss, but a cut logarithm passes 0 where PyTorch passes 1e12`, () => {
      const [x, target] = [array([0, 0, 1, 1]), array([0, 1, 0, 1])];
      const wanted = fixture.losses["BCELoss at 0 and 1"]?.none as Numbers;
      const found = side.lossPass(new side.classes.BCELoss({ reduction: "none" }), x, target, wave([4], 9));
      close(found.y.flat(), wanted.y, "y");
      expect(wanted.y.map(Math.abs)).to.deep.equal([0, 100, 100, 0]);
      const dy = wave([4], 9).flat() as Float64Array;
      expect(Math.abs(wanted.dx[1] as number), "PyTorch's").to.be.above(1e10);
      // Where nothing was cut the true slope remains, d(-log(1 - x))/dx = 1 at 0; PyTorch gives 0/1e-12 = 0.
      close(found.dx.flat(), [dy[0] as number, 0, 0, -(dy[3] as number)], "dx");
    });

    for (const [title, [name, options]] of Object.entries(optimizers)) {
      it(`${side.name}, ${title}: two parameters, 20 steps`, () => {
        const start = [wave([2, 3], 1), wave([4], 2)];
        const found = side.optimize(name, options, start, 20, (step, k, value) =>
          value.mul(0.5 + k).add(wave(value.shape, step + 0.5 * k)),
        );
        for (const [i, wanted] of (fixture.optimizers[title] as number[][]).entries())
          close(found[i] as number[], wanted, `step ${i + 1}`);
      });
    }

    for (const [name, { x, loss, target }] of Object.entries(models)) {
      it(`${side.name}, ${name}: forward, loss, dx and every gradient's norm and five of its entries`, () => {
        const wanted = fixture.models[name] as Fixture["models"][string];
        const network = new side.classes[name as "Mlp" | "MlpClassifier"]({ rng: rng() });
        setWeights(network, true);
        const found = side.modelPass(network, new side.classes[loss](), x, target);
        close(found.y.flat(), wanted.y, "y");
        close([found.loss], [wanted.loss], "loss");
        close(sample(found.dx), [wanted.dx.norm, ...wanted.dx.entries], "dx");
        expect(Object.keys(found.gradients)).to.deep.equal(Object.keys(wanted.gradients));
        for (const [key, { norm, entries }] of Object.entries(wanted.gradients))
          close(sample(found.gradients[key] as NDArray), [norm, ...entries], key);
      });
    }
  }
});
