import { join } from "node:path";
import { expect } from "chai";
import { runJob } from "chalk-and-tape/compare";
import type { StateDict } from "chalk-and-tape/contracts";
import { DataLoader } from "chalk-and-tape/datasets";
import { CrossEntropyLoss, SGD, train } from "chalk-and-tape/manual";
import { Checkpoint, saveState } from "chalk-and-tape/training";
import { type ExportJobOptions, exportJob } from "#internal/export";
import { inFolder } from "./torchrun-rig.ts";

const job = { dataset: "digits", limit: 40, model: "LeNet5", dtype: "float32" } as const;

function expectSame(actual: StateDict, wanted: StateDict): void {
  expect(Object.keys(actual)).to.deep.equal(Object.keys(wanted));
  for (const [name, x] of Object.entries(wanted)) expect(actual[name]?.flat(), name).to.deep.equal(x.flat());
}

async function messageOf(options: ExportJobOptions, target: "pytorch" | "onnx"): Promise<string> {
  return exportJob(options, target as "pytorch").then(
    () => expect.fail("nothing was thrown"),
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe("the job of an export", () => {
  it("is compare's: network, weights, data, loss and optimizer", async () => {
    const found = await exportJob({ ...job, seed: 3, lr: 0.25, optimizer: "sgd", batchSize: 8 }, "pytorch");
    const compared = await runJob({ ...job, seed: 3, lr: 1e-30, optimizer: "sgd", batchSize: 8, steps: 1 });
    expectSame(found.model.stateDict(), compared.models.manual.stateDict());
    expect(found.train.x.flat()).to.deep.equal(compared.train.x.flat());
    expect([found.train.x.shape, found.train.x.dtype]).to.deep.equal([[40, 1, 28, 28], "uint8"]);
    expect([found.name, found.input, found.normalizeBy]).to.deep.equal(["LeNet5", [1, 1, 28, 28], null]);
    expect([found.batchSize, found.epochs, found.seed]).to.deep.equal([8, 3, 3]);
    expect(found.optimizer.groups[0]?.lr).to.equal(0.25);
    expect([found.optimizer.constructor.name, found.loss.constructor.name]).to.deep.equal([
      "SGD",
      "CrossEntropyLoss",
    ]);
  });

  it("targets in the plane are numbers for the loss of a single logit", async () => {
    const { train: data, test, loss, input } = await exportJob({ dataset: "moons", limit: 50 }, "pytorch");
    expect([data.y.shape, data.y.dtype, test.y.shape]).to.deep.equal([[50, 1], "float64", [50, 1]]);
    expect([loss.constructor.name, input]).to.deep.equal(["BCEWithLogitsLoss", [1, 2]]);
  });

  it("for ONNX a model is enough, and is built for the data that it was made for", async () => {
    const { model, input, name } = await exportJob({ model: "resnet20", seed: 1 }, "onnx");
    expect([name, model.constructor.name, input]).to.deep.equal(["ResNet20", "ResNet20", [1, 3, 32, 32]]);
    expect(await messageOf({ model: "LeNet5" }, "pytorch")).to.equal(
      "RangeError: export: no dataset is given; pass one, such as mnist",
    );
    expect(await messageOf({}, "onnx")).to.equal(
      "RangeError: export: no dataset is given; pass one, such as mnist, or a model",
    );
  });

  it("starts from weights in a file, in their element type", () =>
    inFolder(async (root) => {
      const trained = await exportJob({ ...job, seed: 9 }, "pytorch");
      const from = join(root, "trained.npz");
      await saveState(from, trained.model.stateDict());
      const { dtype: _, ...rest } = job;
      const found = await exportJob({ ...rest, from }, "pytorch");
      expectSame(found.model.stateDict(), trained.model.stateDict());
      expect(found.settings.dtype).to.equal("float32");
      expect(await messageOf({ dataset: "digits", limit: 40, from }, "pytorch")).to.match(
        /^RangeError: export: .*trained\.npz holds the weights of another network than Mlp: .* Choose its model and dataset$/,
      );
      expect(await messageOf({ ...job, from: join(root, "none.npz") }, "onnx")).to.match(
        /^DataError: .*none\.npz/,
      );
    }));

  it("starts from a checkpoint of train, with its optimizer", () =>
    inFolder(async (root) => {
      const { model, train: data } = await exportJob(job, "pytorch");
      const from = join(root, "run.safetensors");
      const optimizer = new SGD(model.parameters(), { lr: 0.05, momentum: 0.9 });
      const loader = new DataLoader(data, { batchSize: 20, dtype: "float32" });
      const checkpoint = new Checkpoint(from);
      await train(model, loader, { loss: new CrossEntropyLoss(), optimizer, checkpoint });
      const found = await exportJob({ ...job, from }, "pytorch");
      expectSame(found.model.stateDict(), model.stateDict());
      const [state, wanted] = [found.optimizer.stateDict(), optimizer.stateDict()];
      expect([state.optimizer, state.groups]).to.deep.equal([wanted.optimizer, wanted.groups]);
      expectSame(state.arrays, wanted.arrays);
      const faster = await exportJob({ ...job, from, lr: 0.5 }, "pytorch");
      expect(faster.optimizer.groups.map(({ lr }) => lr)).to.deep.equal([0.5]);
      expect(await messageOf({ ...job, from, optimizer: "adam" }, "pytorch")).to.match(
        /^RangeError: export: .*run\.safetensors is not of this optimizer: .*this is the state of SGD, expected one of Adam/,
      );
    }));

  it("starts from a checkpoint of compare: chalk's side, and the settings that are not given", () =>
    inFolder(async (root) => {
      const { model, optimizer, settings } = await exportJob(
        { ...job, seed: 4, optimizer: "adamw" },
        "pytorch",
      );
      const side = { model: model.stateDict(), optimizer: optimizer.stateDict(), streams: {} };
      const from = join(root, "run.safetensors");
      const { root: _, engine: __, epochs: ___, steps: ____, ...settled } = settings;
      await new Checkpoint(from).save({ job: { ...settled, steps: null }, manual: side, autograd: side });
      const found = await exportJob({ from, batchSize: 5 }, "pytorch");
      expectSame(found.model.stateDict(), model.stateDict());
      expect(found.settings).to.deep.equal({ ...settings, batchSize: 5 });
      const broken = join(root, "broken.safetensors");
      await new Checkpoint(broken).save({ history: [1, 2] });
      expect(await messageOf({ ...job, from: broken }, "onnx")).to.match(
        /^DataError: .*broken\.safetensors: it is a checkpoint whose model is undefined, expected one of `train` or `compare`/,
      );
    }));
});
