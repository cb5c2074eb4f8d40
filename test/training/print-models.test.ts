import { inspect } from "node:util";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { cases } from "chalk-and-tape/compare";
import { type AnyContract, contracts } from "chalk-and-tape/contracts";
import { DataLoader, moons, RandomHorizontalFlip } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, ones, random, zeros } from "chalk-and-tape/np";
import { ReduceLROnPlateau, StepLR } from "chalk-and-tape/training";

const rng = random(1);
const { Linear, ReLU, Sequential, Tanh, Sigmoid, Identity } = autograd;

const mlp = `MlpClassifier(
  (layer1): Linear(inFeatures=2, outFeatures=10, bias=true)
  (layer2): Linear(inFeatures=10, outFeatures=10, bias=true)
  (layer3): Linear(inFeatures=10, outFeatures=10, bias=true)
  (layer4): Linear(inFeatures=10, outFeatures=1, bias=true)
  (relu1): ReLU()
  (relu2): ReLU()
  (relu3): ReLU()
)`;

describe("printing a network", () => {
  it("gives one line for each part, on both sides, to console.log and in templates", () => {
    const models = [new manual.MlpClassifier({ rng }), new autograd.MlpClassifier({ rng })];
    for (const model of models) {
      expect(String(model)).to.equal(mlp);
      expect(`${model}`).to.equal(mlp);
      expect(inspect(model)).to.equal(mlp);
    }
  });

  it("is PyTorch's text where the names are the same", () => {
    const net = new Sequential(
      new ReLU(),
      new Sequential(new Tanh(), new Sigmoid()),
      new Identity(),
      new Sequential(),
    );
    expect(String(net)).to.equal(`Sequential(
  (0): ReLU()
  (1): Sequential(
    (0): Tanh()
    (1): Sigmoid()
  )
  (2): Identity()
  (3): Sequential()
)`);
  });

  for (const row of cases)
    it(`${row.name}, ${row.what}: both sides print alike, with every argument passed by position`, () => {
      const [chalk, tape] = [row.manual(random(2)), row.autograd(random(2))].map(String);
      expect(chalk).to.equal(tape?.replaceAll("Tensor(", "NDArray(").replace("LossOnTape", "Loss"));
      expect(chalk).to.not.include("[object");
      const contract = (contracts as Readonly<Record<string, AnyContract>>)[row.name];
      const isLeaf = !chalk?.includes("\n") && row.args !== undefined;
      if (!contract || !isLeaf) return;
      for (const [name, { type }] of Object.entries(contract.positional))
        if (type !== "layer") expect(chalk).to.include(`${name}=`);
    });

  it("shows the options that differ from their defaults, and the bias", () => {
    const text = (layer: object): string => String(layer);
    expect(text(new manual.Conv2d(1, 6, [3, 5], { padding: "same", rng }))).to.equal(
      'Conv2d(inChannels=1, outChannels=6, kernelSize=[3, 5], padding="same", bias=true)',
    );
    expect(text(new Linear(2, 3, { bias: false, dtype: "float32", rng }))).to.equal(
      'Linear(inFeatures=2, outFeatures=3, bias=false, dtype="float32")',
    );
    expect(text(new manual.BatchNorm2d(6, { momentum: null }))).to.equal(
      "BatchNorm2d(numFeatures=6, momentum=null)",
    );
    expect(text(new manual.Dropout(0.25, { rng }))).to.equal("Dropout(p=0.25)");
    expect(text(new manual.MaxPool2d(2))).to.equal("MaxPool2d(kernelSize=2)");
    expect(text(new autograd.CrossEntropyLoss({ weight: ones([3]), reduction: "sum" }))).to.equal(
      'CrossEntropyLoss(reduction="sum", weight=NDArray(3,))',
    );
  });

  it("a class of one's own shows its name, its parts, and the arguments of the class that it extends", () => {
    class Scale extends manual.Layer {
      weight: NDArray = ones([3]);
      dWeight: NDArray | null = null;
      forward(x: NDArray): NDArray {
        return x.mul(this.weight);
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.weight);
      }
    }
    class Wide extends Linear {
      inner = new ReLU();
      outer = new Linear(7, 8, { rng });
    }
    class Plain extends Linear {}
    expect(String(new Scale())).to.equal("Scale()");
    expect(String(new Plain(2, 3, { rng }))).to.equal("Plain(inFeatures=2, outFeatures=3, bias=true)");
    expect(String(new Wide(2, 3, { rng }))).to.equal(
      "Wide(\n  (inner): ReLU()\n  (outer): Linear(inFeatures=7, outFeatures=8, bias=true)\n)",
    );
  });

  it("lists, objects and Maps show their contents by index or key; equal neighbours share a line; a parent is not opened", () => {
    class Block extends autograd.Module {
      readonly relu = new ReLU();
      forward(x: autograd.Tensor): autograd.Tensor {
        return x;
      }
    }
    class Net extends autograd.Module {
      readonly blocks = [new Block(), new Block(), new Tanh()];
      readonly heads = { left: new Identity() };
      readonly named = new Map([["a", [new Tanh()]]]);
      readonly parent = this;
      readonly numbers = [1, 2];
      forward(x: autograd.Tensor): autograd.Tensor {
        return x;
      }
    }
    expect(String(new Net())).to.equal(`Net(
  (blocks): Array(
    (0-1): 2 x Block(
      (relu): ReLU()
    )
    (2): Tanh()
  )
  (heads): Object(
    (left): Identity()
  )
  (named): Map(
    (a): Array(
      (0): Tanh()
    )
  )
)`);
  });

  it("a constructor that fails leaves nothing behind for the next object", () => {
    expect(() => new Linear(0, 2)).to.throw(RangeError);
    class Bare extends autograd.Module {
      forward(x: autograd.Tensor): autograd.Tensor {
        return x;
      }
    }
    expect(String(new Bare())).to.equal("Bare()");
    expect(String(new Linear(5, 6, { rng }))).to.include("inFeatures=5, outFeatures=6");
  });
});

describe("printing what belongs to training", () => {
  it("an optimizer shows the numbers of its groups, as PyTorch does, and no weights", () => {
    const [first, second] = [new Linear(2, 3, { rng }), new Linear(3, 1, { rng })];
    const optimizer = new autograd.Adam([
      { parameters: first.parameters() },
      { parameters: second.parameters(), lr: 0.1 },
    ]);
    const group = (i: number, lr: number): string => `Parameter Group ${i}
    amsgrad: false
    betas: [0.9, 0.999]
    eps: 1e-8
    lr: ${lr}
    maximize: false
    weightDecay: 0
`;
    expect(inspect(optimizer)).to.equal(`Adam (\n${group(0, 0.001)}\n${group(1, 0.1)})`);
    expect(String(new manual.SGD(new manual.Linear(2, 3, { rng }).parameters(), { lr: 0.5 }))).to.include(
      "lr: 0.5\n",
    );
  });

  it("a schedule shows where it is", () => {
    const optimizer = { groups: [{ lr: 0.1 }] };
    const schedule = new StepLR(optimizer, 1);
    schedule.step();
    expect(inspect(schedule)).to.match(/^StepLR\(lastEpoch=1, lastLr=\[0\.01\d*\]\)$/);
    expect(inspect(new ReduceLROnPlateau(optimizer))).to.match(/^ReduceLROnPlateau\(lastEpoch=0, lastLr=\[/);
  });

  it("a loader is one line; a dataset and a batch give shapes in place of long numbers", async () => {
    const dataset = moons({ n: 300, rng });
    const loader = new DataLoader(dataset, { batchSize: 64, shuffle: true, rng });
    expect(inspect(loader)).to.equal("DataLoader(dataset moons: 300 items in 5 batches of 64, shuffled)");
    expect(inspect(dataset).split("\n")).to.have.length.below(8);
    expect(inspect(dataset)).to.include("x: NDArray float64 (300, 2) …");
    for await (const batch of loader) expect(inspect(batch).split("\n")).to.have.length.below(12);
    const images = {
      x: zeros([8, 4, 4], { dtype: "uint8" }),
      y: zeros([8], { dtype: "int32" }),
      classes: ["a"],
    };
    expect(String(new DataLoader(images, { transform: new RandomHorizontalFlip(), rng }))).to.match(
      /, transform RandomHorizontalFlip\)$/,
    );
    const inside = { t: new autograd.Tensor(zeros([20, 3]), true), few: new autograd.Tensor(zeros([1])) };
    expect(inspect(inside)).to.include("t: tensor(…, shape=(20, 3), dtype=float64, requiresGrad=true)");
    expect(inspect(inside)).to.include("few: tensor([0.], dtype=float64)");
    expect(inspect(inside.t).split("\n")).to.have.length(20);
  });
});
