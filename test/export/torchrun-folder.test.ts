import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { cifar10Statistics, digits, shapes, take } from "chalk-and-tape/datasets";
import { exportPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random, zeros } from "chalk-and-tape/np";
import { decodeSafetensors } from "chalk-and-tape/training";
import { inFolder } from "./torchrun-rig.ts";

const data = digits({ n: 20, rng: random(1) });
const model = new manual.Mlp({ rng: random(0) });
const options = {
  model,
  loss: new manual.CrossEntropyLoss(),
  optimizer: new manual.Adam(model.parameters()),
  train: data,
};
const names = [
  "README.md",
  "data.safetensors",
  "model.py",
  "optimizer.safetensors",
  "train.py",
  "weights.safetensors",
];

/** The message of the error with which a call ends. */
async function messageOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => expect.fail("nothing was thrown"),
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe("exportPyTorch", () => {
  it("makes the folder and those above it, and leaves nothing beside it", () =>
    inFolder(async (root) => {
      const folder = join(root, "a", "b");
      expect((await exportPyTorch(folder, options)).toSorted()).to.deep.equal(names);
      expect(readdirSync(folder).sort()).to.deep.equal(names);
      expect(readdirSync(join(root, "a"))).to.deep.equal(["b"]);
    }));

  it("replaces an earlier export and keeps other files; an empty folder is filled", () =>
    inFolder(async (root) => {
      await exportPyTorch(root, options);
      writeFileSync(join(root, "trained.safetensors"), "mine");
      await exportPyTorch(root, { ...options, batchSize: 7 });
      expect(readdirSync(root).sort()).to.deep.equal([...names, "trained.safetensors"].sort());
      expect(readFileSync(join(root, "train.py"), "utf8")).to.contain('"--batch-size", type=int, default=7');
      expect(readFileSync(join(root, "trained.safetensors"), "utf8")).to.equal("mine");
    }));

  it("refuses a folder of something else, and a file", () =>
    inFolder(async (root) => {
      const [notes, file] = [join(root, "notes"), join(root, "file")];
      mkdirSync(notes);
      writeFileSync(join(notes, "README.md"), "# My notes\n");
      writeFileSync(file, "");
      expect(await messageOf(exportPyTorch(notes, options))).to.match(
        /^RangeError: exportPyTorch: .*notes is not empty and does not hold an earlier export; it has README.md\. Choose a new folder/,
      );
      expect(readdirSync(notes)).to.deep.equal(["README.md"]);
      expect(await messageOf(exportPyTorch(file, options))).to.match(/file is a file, expected a folder/);
      expect(readdirSync(root).sort()).to.deep.equal(["file", "notes"]);
    }));

  it("says which options are missing, and how the call goes", async () => {
    const call = Reflect.apply(exportPyTorch, undefined, ["never", { model: options.model }]);
    expect(await messageOf(call)).to.equal(
      "TypeError: exportPyTorch: without loss, optimizer, train; write exportPyTorch(folder, { model, loss, optimizer, train })",
    );
  });

  it("names all that PyTorch has no counterpart of, and writes nothing", () =>
    inFolder(async (root) => {
      class Own extends manual.MSELoss {}
      class Momentum extends manual.SGD {}
      const folder = join(root, "export");
      const wrong = {
        ...options,
        loss: new Own(),
        optimizer: new Momentum(model.parameters()),
        test: { x: zeros([2, 3]), y: zeros([2]) },
      };
      expect(await messageOf(exportPyTorch(folder, wrong)))
        .to.match(/^RangeError: exportPyTorch: this cannot be exported:\n/)
        .and.contain(
          "the loss is Own, which has no counterpart in torch.nn; choose one of CrossEntropyLoss, ",
        )
        .and.contain(
          "the optimizer is Momentum, which has no counterpart in torch.optim; train with one of Adam, ",
        )
        .and.contain("test.x has items float64 (3,), but train.x uint8 (28, 28)");
      const others = {
        ...options,
        loss: new manual.CrossEntropyLoss({ reduction: "none" }),
        optimizer: new manual.Adam(new manual.Mlp({ rng: random(2) }).parameters()),
      };
      expect(await messageOf(exportPyTorch(folder, others)))
        .to.contain('the loss has reduction "none"')
        .and.contain(
          "parameter 0 of the optimizer is not one of the model; build it with model.parameters()",
        );
      const pair = new manual.CosineEmbeddingLoss() as unknown as manual.Loss;
      expect(await messageOf(exportPyTorch(folder, { ...options, loss: pair }))).to.contain("two outputs");
      const weight = zeros([20, 1]).add(1);
      const rows = {
        ...options,
        loss: new manual.BCEWithLogitsLoss({ weight }),
        train: { ...data, y: weight },
      };
      expect(await messageOf(exportPyTorch(folder, rows))).to.contain("a factor for every row of a batch");
      expect(readdirSync(root)).to.deep.equal([]);
    }));

  it("a network that cannot be exported is named before anything is written", () =>
    inFolder(async (root) => {
      class Odd extends manual.Layer {
        forward(x: NDArray): NDArray {
          return x.pow(2);
        }
        backward(dy: NDArray): NDArray {
          return dy;
        }
      }
      const odd = new manual.Sequential(new manual.Linear(4, 2, { rng: random(3) }), new Odd());
      const own = { ...options, model: odd, optimizer: new manual.Adam(odd.parameters()) };
      const folder = join(root, "export");
      const message = await messageOf(
        exportPyTorch(folder, { ...own, train: { x: zeros([8, 4]), y: zeros([8, 2]) } }),
      );
      expect(message).to.match(/^RangeError: .*Odd/s);
      expect(readdirSync(root)).to.deep.equal([]);
    }));

  it("wrong arguments are refused as everywhere", async () => {
    expect(await messageOf(exportPyTorch("x", undefined as never))).to.match(
      /^TypeError: exportPyTorch: options/,
    );
    expect(await messageOf(exportPyTorch("x", { ...options, epochs: 0 }))).to.match(/^RangeError: .*epochs/);
    const misspelt = { ...options, batchsize: 3 };
    expect(await messageOf(exportPyTorch("x", misspelt))).to.match(/^TypeError: .*batchSize/);
    expect(await messageOf(exportPyTorch("x", { ...options, model: 3 as never }))).to.match(
      /^TypeError: .*model/,
    );
  });

  it("images stay bytes, in fewer than 120 lines of Python with normalisation and test", () =>
    inFolder(async (root) => {
      const photos = shapes({ n: 30, rng: random(2) });
      const net = new autograd.ResNet20({ width: 0.25, rng: random(0), dtype: "float32" });
      await exportPyTorch(root, {
        model: net,
        loss: new autograd.CrossEntropyLoss(),
        optimizer: new autograd.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 }),
        train: photos,
        test: take(photos, 10),
        normalizeBy: cifar10Statistics,
      });
      expect(statSync(join(root, "data.safetensors")).size).to.be.below(40 * (3 * 32 * 32 + 4) + 1000);
      const { state } = decodeSafetensors(readFileSync(join(root, "data.safetensors")));
      expect(Object.keys(state).sort()).to.deep.equal(["test.x", "test.y", "train.x", "train.y"]);
      expect(state["train.x"]?.flat()).to.deep.equal(photos.x.flat());
      const source = readFileSync(join(root, "train.py"), "utf8");
      expect(source.trimEnd().split("\n").length).to.be.below(120);
      expect(source).to.contain("optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)\n");
      for (const line of source.split("\n")) expect(line.length, line).to.be.below(121);
    }));
});
