// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, log, type NDArray, type Random, random, sqrt } from "chalk-and-tape/np";
import { BestModel } from "chalk-and-tape/training";

type Kind = "Linear" | "Log" | "Root" | "Noise";

class ChalkLog extends manual.Layer {
  #x: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#x = x;
    return log(x);
  }
  backward(dy: NDArray): NDArray {
    return dy.div(this.remembered(this.#x));
  }
}
class ChalkRoot extends manual.Layer {
  #y: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#y = sqrt(x);
    return this.#y;
  }
  backward(dy: NDArray): NDArray {
    return dy.div(this.remembered(this.#y).mul(2));
  }
}
const misses = (rng: Random, shape: readonly number[]): NDArray =>
  rng.uniform(0, 1, shape).greater(0.1).astype("float64");

/** A seed by which the first forward of a (2, 2) batch meets a log of 0, and the second does not. */
const unlucky: number = Array.from({ length: 100 }, (_, seed) => seed).find((seed) => {
  const rng = random(seed);
  return misses(rng, [2, 2]).min().item() === 0 && misses(rng, [2, 2]).min().item() === 1;
}) as number;

/** Where a mask says so, log of 0; the mask is drawn anew for every forward. */
class ChalkNoise extends manual.Layer {
  readonly rng = random(unlucky);
  forward(x: NDArray): NDArray {
    return x.add(log(misses(this.rng, x.shape)));
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}
class TapeLog extends autograd.Module {
  forward(x: autograd.Tensor): autograd.Tensor {
    return log(x);
  }
}
class TapeRoot extends autograd.Module {
  forward(x: autograd.Tensor): autograd.Tensor {
    return sqrt(x);
  }
}
class TapeNoise extends autograd.Module {
  readonly rng = random(unlucky);
  forward(x: autograd.Tensor): autograd.Tensor {
    return x.add(log(misses(this.rng, x.shape)));
  }
}

interface Setup {
  /** Positions of a Sequential that end with a Linear to one number, fitted by MSELoss. */
  readonly kinds: readonly Kind[];
  readonly batches: readonly { x: number[][]; y: number[][] }[];
  readonly lr?: number;
  /** Sets the first weights of layer 0. */
  readonly weight?: number;
}

async function message(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => expect.fail("it did not fail"),
    (error) => {
      expect(error).to.be.instanceOf(RangeError);
      return (error as Error).message;
    },
  );
}
async function* loader({ batches }: Setup): AsyncGenerator<manual.Batch> {
  for (const { x, y } of batches) yield { x: array(x), y: array(y) };
}

const sides = {
  chalk(setup: Setup) {
    const rng = random(1);
    const layers = {
      Linear: () => new manual.Linear(2, 2, { rng }),
      Log: () => new ChalkLog(),
      Root: () => new ChalkRoot(),
      Noise: () => new ChalkNoise(),
    };
    const model = new manual.Sequential(
      ...setup.kinds.map((kind) => layers[kind]()),
      new manual.Linear(2, 1, { rng }),
    );
    if (setup.weight !== undefined) model.stateDict()["0.weight"]?.flat().fill(setup.weight);
    const optimizer = new manual.SGD(model.parameters(), { lr: setup.lr ?? 0.01 });
    return manual.train(model, loader(setup), { loss: new manual.MSELoss(), optimizer });
  },
  tape(setup: Setup) {
    const rng = random(1);
    const layers = {
      Linear: () => new autograd.Linear(2, 2, { rng }),
      Log: () => new TapeLog(),
      Root: () => new TapeRoot(),
      Noise: () => new TapeNoise(),
    };
    const model = new autograd.Sequential(
      ...setup.kinds.map((kind) => layers[kind]()),
      new autograd.Linear(2, 1, { rng }),
    );
    if (setup.weight !== undefined) model.stateDict()["0.weight"]?.flat().fill(setup.weight);
    const optimizer = new autograd.SGD(model.parameters(), { lr: setup.lr ?? 0.01 });
    return autograd.train(model, loader(setup), { loss: new autograd.MSELoss(), optimizer });
  },
};

const good = { x: [[1, 2], [3, 4]], y: [[1], [0]] }; // biome-ignore format: a matrix

for (const [name, run] of Object.entries(sides)) {
  const prefix = name === "chalk" ? "Chalk" : "Tape";
  describe(`training, the first NaN, on ${name}`, () => {
    it("in x, by its item", async () => {
      const bad = { x: [[1, 2], [3, Number.NaN]], y: [[1], [0]] }; // biome-ignore format: a matrix
      expect(await message(run({ kinds: [], batches: [good, bad] }))).to.match(
        /^train: the loss is NaN at step 2 of epoch 1\. The batch itself contains it: x has 1 NaN of 4 element\(s\), first in item 1\. Look for NaN in the data/,
      );
    });
    it("in y", async () => {
      const bad = { x: [[1, 2], [3, 4]], y: [[Infinity], [0]] }; // biome-ignore format: a matrix
      expect(await message(run({ kinds: [], batches: [bad] }))).to.match(
        /the loss is Infinity at step 1 of epoch 1\. .*y has 1 infinite of 2 element\(s\), first in item 0/,
      );
    });
    it("in a parameter, before anything is computed", async () => {
      expect(await message(run({ kinds: ["Linear"], batches: [good], weight: Number.NaN }))).to.match(
        /The parameter 0\.weight contains it before anything is computed: 4 NaN of 4/,
      );
    });
    it("in the forward pass of a layer in the middle, whatever follows", async () => {
      const bad = { x: [[1, 2], [-3, 4]], y: [[1], [0]] }; // biome-ignore format: a matrix
      const text = await message(run({ kinds: ["Log", "Linear"], batches: [good, good, bad] }));
      expect(text).to.match(
        new RegExp(
          `^train: the loss is NaN at step 3 of epoch 1\\. It first appeared in the forward pass of layers\\[0\\] \\(${prefix}Log\\): its output has 1 NaN of 4 element\\(s\\), though its input is finite \\(largest 4\\.0\\)\\. Look there for a logarithm or root`,
        ),
      );
    });
    it("overflow: the layer, and to lower the learning rate", async () => {
      const text = await message(run({ kinds: ["Linear"], batches: [good], weight: 1e200 }));
      expect(text).to.match(
        /^train: the loss is Infinity at step 1 of epoch 1\. It first appeared in the forward pass of loss \(MSELoss\): its output has 1 infinite of 1 element\(s\), though its input is finite \(largest .*e\+20\d\)\. The numbers have grown until they overflowed: try a learning rate ten times smaller/,
      );
    });
    it("a learning rate that is too large ends in a step that is named, and never in NaN weights that are kept", async () => {
      const many = Array.from({ length: 200 }, () => good);
      expect(await message(run({ kinds: ["Linear"], batches: many, lr: 100 }))).to.match(
        /^train: the loss is (Infinity|NaN) at step \d+ of epoch 1\. .*learning rate ten times smaller/,
      );
    });
    it("a layer that draws random numbers is looked at with the same numbers", async () => {
      const text = await message(run({ kinds: ["Noise"], batches: [good] }));
      expect(text).to.match(
        new RegExp(`forward pass of layers\\[0\\] \\(${prefix}Noise\\): its output has \\d infinite of 4`),
      );
    });
  });
}

/** sqrt at 0: y is fine, its slope is not. */
describe("training, the first infinite gradient", () => {
  const x = array([[0, 1], [4, 9]]); // biome-ignore format: a matrix
  const y = array([[1], [0]]);
  async function* one(): AsyncGenerator<manual.Batch> {
    yield { x, y };
  }
  it("chalk: the layer whose dx it is", async () => {
    const rng = random(1);
    const model = new manual.Sequential(
      new manual.Linear(2, 2, { rng }),
      new ChalkRoot(),
      new manual.Linear(2, 1, { rng }),
    );
    model.loadStateDict({ ...model.stateDict(), "0.weight": array([[1, 0], [0, 1]]), "0.bias": array([0, 0]) }); // biome-ignore format: a matrix
    const before = model.stateDict()["0.weight"]?.toArray();
    const text = await message(
      manual.train(model, one(), {
        loss: new manual.MSELoss(),
        optimizer: new manual.SGD(model.parameters()),
        bestModel: new BestModel(),
      }),
    );
    expect(text).to.match(
      /^train: a gradient is not finite at step 1 of epoch 1\. It first appeared in the backward pass of layers\[1\] \(ChalkRoot\): dx has 1 infinite of 4 element\(s\), though its dy is finite \(largest .*\)\. Look at how dx is computed there\. sqrt, log and division have infinite slopes at 0/,
    );
    expect(model.stateDict()["0.weight"]?.toArray()).to.deep.equal(before);
    expect(Object.keys(model.layers[1] as object)).to.deep.equal(["training"]);
  });
  it("tape: the module whose dx it is", async () => {
    const rng = random(1);
    const model = new autograd.Sequential(
      new autograd.Linear(2, 2, { rng }),
      new TapeRoot(),
      new autograd.Linear(2, 1, { rng }),
    );
    model.loadStateDict({ ...model.stateDict(), "0.weight": array([[1, 0], [0, 1]]), "0.bias": array([0, 0]) }); // biome-ignore format: a matrix
    const text = await message(
      autograd.train(model, one(), {
        loss: new autograd.MSELoss(),
        optimizer: new autograd.SGD(model.parameters()),
      }),
    );
    expect(text).to.match(
      /^train: a gradient is not finite at step 1 of epoch 1\. It first appeared in the backward pass of layers\[1\] \(TapeRoot\): dx has 1 infinite of 4/,
    );
  });
  it("chalk: the parameter, where only its gradient is wrong", async () => {
    class Wrong extends manual.Linear {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dBias = (this.dBias as NDArray).div(0);
        return dx;
      }
    }
    const rng = random(1);
    const model = new manual.Sequential(
      new manual.Linear(2, 2, { rng }),
      new Wrong(2, 2, { rng }),
      new manual.Linear(2, 1, { rng }),
    );
    const text = await message(
      manual.train(model, one(), {
        loss: new manual.MSELoss(),
        optimizer: new manual.SGD(model.parameters()),
      }),
    );
    expect(text).to.match(/backward pass of layers\[1\] \(Wrong\): the gradient of bias has 2 infinite of 2/);
  });
  it("tape: in the network itself, between its parts", async () => {
    class Between extends autograd.Module {
      readonly layer1 = new autograd.Linear(2, 2, { rng: random(1) });
      readonly layer2 = new autograd.Linear(2, 1, { rng: random(1) });
      forward(x: autograd.Tensor): autograd.Tensor {
        return this.layer2.forward(log(this.layer1.forward(x).mul(0)));
      }
    }
    const model = new Between();
    const text = await message(
      autograd.train(model, one(), {
        loss: new autograd.MSELoss(),
        optimizer: new autograd.SGD(model.parameters()),
      }),
    );
    expect(text).to.match(
      /It first appeared in the forward pass of Between: its output has 2 (NaN|infinite) of 2/,
    );
  });
});

describe("training, a batch without a target that counts", () => {
  const x = [[1, 2], [3, 4]]; // biome-ignore format: a matrix
  const zeroWeight = array([0, 1]);
  /** Trains on one batch with this loss, on either side. */
  const runs = {
    chalk(name: "CrossEntropyLoss" | "NLLLoss", options: object, batch: manual.Batch) {
      const model = new manual.Linear(2, 2, { rng: random(1) });
      const optimizer = new manual.SGD(model.parameters(), { lr: 0.1 });
      return manual.train(model, once(batch), { loss: new manual[name](options), optimizer });
    },
    tape(name: "CrossEntropyLoss" | "NLLLoss", options: object, batch: autograd.Batch) {
      const model = new autograd.Linear(2, 2, { rng: random(1) });
      const optimizer = new autograd.SGD(model.parameters(), { lr: 0.1 });
      return autograd.train(model, once(batch), { loss: new autograd[name](options), optimizer });
    },
  };
  async function* once(batch: manual.Batch): AsyncGenerator<manual.Batch> {
    yield batch;
  }
  const sgd = (parameters: manual.Parameter[]): manual.SGD => new manual.SGD(parameters, { lr: 0.1 });
  const tapedSgd = (parameters: autograd.Tensor[]): autograd.SGD => new autograd.SGD(parameters, { lr: 0.1 });
  const labels = (y: number[]): manual.Batch => ({ x: array(x), y: array(y, { dtype: "int32" }) });
  for (const [name, run] of Object.entries(runs)) {
    for (const loss of ["CrossEntropyLoss", "NLLLoss"] as const) {
      it(`${name}, ${loss}: says that every target is ignored, and what to do`, async () => {
        expect(await message(run(loss, { ignoreIndex: 0 }, labels([0, 0])))).to.equal(
          'train: the loss is NaN at step 1 of epoch 1. Every target of this batch is ignored (ignoreIndex is 0), and the mean of no losses is 0 / 0: leave such batches out, draw larger ones, or pass reduction: "sum"',
        );
      });
      it(`${name}, ${loss}: says that every class has weight 0`, async () => {
        const options = { weight: zeroWeight, ignoreIndex: 1 };
        expect(await message(run(loss, options, labels([0, 1])))).to.match(
          /Every target of this batch that is not ignored has class weight 0, and the weighted mean of the losses is 0 \/ 0: leave/,
        );
      });
      it(`${name}, ${loss}: goes on with reduction "sum", where nothing is divided`, async () => {
        const options = { ignoreIndex: 0, reduction: "sum" };
        expect((await run(loss, options, labels([0, 0]))).epochs.at(-1)?.trainLoss).to.equal(0);
      });
    }
    it(`${name}: overfitOneBatch and lrRangeTest say it too`, async () => {
      const options = { loss: new manual.CrossEntropyLoss({ ignoreIndex: 0 }), optimizer: sgd };
      const taped = { loss: new autograd.CrossEntropyLoss({ ignoreIndex: 0 }), optimizer: tapedSgd };
      const [model, module] = [new manual.Linear(2, 2, { rng: random(1) }), new autograd.Linear(2, 2, { rng: random(1) })]; // biome-ignore format: twins
      const batch = labels([0, 0]);
      const overfitted = await (name === "chalk"
        ? manual.overfitOneBatch(model, batch, options)
        : autograd.overfitOneBatch(module, batch, taped));
      expect(overfitted.causes[0]).to.match(/^Every target of this batch is ignored \(ignoreIndex is 0\)/);
      const range = name === "chalk" ? manual.lrRangeTest(model, once(batch), options) : autograd.lrRangeTest(module, once(batch), taped); // biome-ignore format: twins
      expect(await message(range)).to.match(
        /^lrRangeTest: the first loss is not finite\. Every target of this batch is ignored/,
      );
    });
    it(`${name}: an empty batch`, async () => {
      const empty = { x: array(x).slice([0, 0]), y: array([0], { dtype: "int32" }).slice([0, 0]) };
      expect(await message(run("CrossEntropyLoss", {}, empty))).to.match(
        /The batch is empty, and the mean of no losses is 0 \/ 0: leave such batches out/,
      );
    });
    it(`${name}: another NaN is not blamed on the targets`, async () => {
      const far = { x: array(x).mul(1e308).mul(10), y: array([0, 1], { dtype: "int32" }) };
      expect(await message(run("CrossEntropyLoss", {}, far))).to.match(/The batch itself contains it/);
    });
  }
});
