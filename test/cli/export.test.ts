import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { DataLoader, digits } from "chalk-and-tape/datasets";
import { Adam, CrossEntropyLoss, Mlp, MlpClassifier, train } from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { Checkpoint, decodeSafetensors, loadState, saveState } from "chalk-and-tape/training";
import { models } from "#internal/compare";
import { commandRunner, type Outcome } from "./run.ts";

const run = commandRunner();
const exportData = new URL("../../../dist/cli/export-data.js", import.meta.url).href;
const project = [
  "README.md",
  "data.safetensors",
  "model.py",
  "optimizer.safetensors",
  "train.py",
  "weights.safetensors",
];

/** Small enough for a test. */
const toPyTorch = (...more: string[]): string[] => [
  "export",
  "--to",
  "pytorch",
  "out",
  "--limit",
  "40",
  ...more,
];

async function expectWritten(outcome: Outcome): Promise<string> {
  const { status, stderr, left, folder } = outcome;
  expect({ status, stderr, left }).to.deep.equal({ status: 0, stderr: "", left: ["out"] });
  expect((await readdir(join(folder, "out"))).sort()).to.deep.equal(project);
  return join(folder, "out");
}

describe("chalk-and-tape export", () => {
  it("--to pytorch: a folder, what it holds, and the commands that come next", async () => {
    const outcome = await run(toPyTorch("--model", "Mlp"));
    const folder = await expectWritten(outcome);
    const [wrote, files, ...next] = outcome.stdout.trimEnd().split("\n");
    expect(wrote).to.equal(`Wrote Mlp (218,058 parameters, float32): ${folder}`);
    expect(files?.trim().split(/ +/).sort()).to.deep.equal(project);
    expect(next).to.deep.equal([
      "Next:",
      "  python -m pip install torch safetensors",
      "  cd out",
      "  torchrun --standalone --nproc_per_node 2 train.py",
    ]);
    expect(await readFile(join(folder, "model.py"), "utf8")).to.match(/^class Mlp\(nn\.Module\):$/m);
  });
  it("the weights are those that compare starts with, of this seed and dtype", async () => {
    for (const [words, seed, dtype] of [
      [[], 0, "float32"],
      [["--seed", "5", "--dtype", "float64"], 5, "float64"],
    ] as const) {
      const folder = await expectWritten(await run(toPyTorch("--model", "MLP", ...words)));
      const written = await loadState(join(folder, "weights.safetensors"));
      const ours = new Mlp({ rng: random(seed).spawn(), dtype }).stateDict();
      expect(Object.keys(written).sort()).to.deep.equal(Object.keys(ours).sort());
      for (const [name, x] of Object.entries(written)) {
        expect(x.dtype).to.equal(dtype);
        expect(
          x
            .equal(ours[name] ?? 0)
            .all()
            .item(),
          name,
        ).to.equal(1);
      }
    }
  });
  it("every model has a generated dataset, so nothing is downloaded", async () => {
    const { embeddedFor } = (await import(exportData)) as {
      embeddedFor: (name: string, model: unknown) => Promise<string>;
    };
    const found: Record<string, string> = {};
    for (const [name, model] of Object.entries(models)) found[name] = await embeddedFor(name, model);
    const { MlpClassifier: points, Sequential: more, Mlp: flat, DeepMlp, LeNet5, ...colour } = found;
    expect([points, more, flat, DeepMlp, LeNet5]).to.deep.equal([
      "moons",
      "moons",
      "digits",
      "digits",
      "digits",
    ]);
    expect(new Set(Object.values(colour))).to.deep.equal(new Set(["shapes"]));
    expect(Object.keys(colour)).to.include("ResNet20");
  });
  it("without --model, the lecture's network for the dataset", async () => {
    const { stdout } = await run(toPyTorch("--dataset", "moons"));
    expect(stdout).to.match(/^Wrote MlpClassifier \(/);
  });
  it("--optimizer, --lr, --batch-size and --epochs are those of train.py", async () => {
    const words = ["--optimizer", "sgd", "--lr", "0.25", "--batch-size", "7", "--epochs", "9"];
    const folder = await expectWritten(await run(toPyTorch("--model", "MlpClassifier", ...words)));
    const script = await readFile(join(folder, "train.py"), "utf8");
    expect(script).to.contain("torch.optim.SGD(net.parameters(), lr=0.25");
    expect(script).to.match(/"--batch-size", type=int, default=7\b/);
    expect(script).to.match(/"--epochs", type=int, default=9\b/);
  });
  it("--json: one document", async () => {
    const { stdout, folder } = await run(toPyTorch("--model", "MlpClassifier", "--json"));
    const { files, ...rest } = JSON.parse(stdout);
    expect([...files].sort()).to.deep.equal(project);
    expect(rest).to.deep.equal({
      to: "pytorch",
      path: join(folder, "out"),
      model: "MlpClassifier",
      parameters: new MlpClassifier({ rng: random(0) })
        .parameters()
        .reduce((sum, p) => sum + p.value.size, 0),
      dtype: "float32",
      next: [
        "python -m pip install torch safetensors",
        "cd out",
        "torchrun --standalone --nproc_per_node 2 train.py",
      ],
    });
  });
  it("an earlier export is replaced; a folder with anything else is refused and stays", async () => {
    const first = await run(toPyTorch("--model", "MlpClassifier"));
    const again = await run(toPyTorch("--model", "MlpClassifier", "--seed", "1"), { cwd: first.folder });
    expect([again.status, again.stderr]).to.deep.equal([0, ""]);
    await mkdir(join(again.folder, "out"));
    await writeFile(join(again.folder, "out", "thesis.tex"), "years of work");
    const { status, stdout, stderr } = await run(toPyTorch("--model", "MlpClassifier"), {
      cwd: again.folder,
    });
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/^error: .*out.*thesis\.tex.*\n$/);
    expect(await readdir(join(again.folder, "out"))).to.deep.equal(["thesis.tex"]);
  });
});

describe("chalk-and-tape export --from", () => {
  it("a file of saveState: its weights and its dtype", async () => {
    const { folder } = await run(["export", "--help"]);
    const model = new Mlp({ rng: random(9), dtype: "float64" });
    await saveState(join(folder, "mine.npz"), model.stateDict());
    const outcome = await run(toPyTorch("--model", "Mlp", "--from", "mine.npz"), { cwd: folder });
    expect(outcome.stdout).to.contain("float64");
    const written = await loadState(join(folder, "out", "weights.safetensors"));
    for (const { name, value } of model.parameters())
      expect(
        value
          .equal(written[name] ?? 0)
          .all()
          .item(),
        name,
      ).to.equal(1);
  });
  it("a checkpoint of train: also the optimizer's averages and count of steps", async () => {
    const { folder } = await run(["export", "--help"]);
    const model = new Mlp({ rng: random(9) });
    const optimizer = new Adam(model.parameters(), { lr: 0.002 });
    const { x, y } = digits({ n: 60, seed: 1 });
    await train(model, new DataLoader({ x: x.div(255), y }, { batchSize: 20 }), {
      loss: new CrossEntropyLoss(),
      optimizer,
      checkpoint: new Checkpoint(join(folder, "run.safetensors")),
    });
    const outcome = await run(toPyTorch("--model", "Mlp", "--from", "run.safetensors"), { cwd: folder });
    expect([outcome.status, outcome.stderr]).to.deep.equal([0, ""]);
    const bytes = await readFile(join(folder, "out", "optimizer.safetensors"));
    const { state } = decodeSafetensors(bytes);
    expect(state["layer1.weight.step"]?.item()).to.equal(3);
    const kept = optimizer.stateDict().arrays["0.m"];
    expect(
      kept
        ?.equal(state["layer1.weight.exp_avg"] ?? 0)
        .all()
        .item(),
    ).to.equal(1);
    expect(await readFile(join(folder, "out", "train.py"), "utf8")).to.contain("lr=0.002");
  });
  it("the weights of another network are refused by name", async () => {
    const { folder } = await run(["export", "--help"]);
    await saveState(join(folder, "small.npz"), new MlpClassifier({ rng: random(0) }).stateDict());
    const { status, stderr, left } = await run(toPyTorch("--model", "Mlp", "--from", "small.npz"), {
      cwd: folder,
    });
    expect([status, left]).to.deep.equal([2, []]);
    expect(stderr).to.match(/^error: .*small\.npz.*another network than Mlp.*\n$/);
  });
});

describe("chalk-and-tape export --to onnx", () => {
  it("writes one file, without data, in a folder that it makes", async () => {
    const { status, stdout, stderr, left, folder } = await run([
      "export",
      "--model",
      "LeNet5",
      "--to",
      "onnx",
      "nets/lenet5.onnx",
    ]);
    expect({ status, stderr, left }).to.deep.equal({ status: 0, stderr: "", left: ["nets"] });
    expect(stdout).to.contain(
      `Wrote LeNet5 (61,706 parameters, float32): ${join(folder, "nets/lenet5.onnx")}\nNext:\n`,
    );
    const bytes = await readFile(join(folder, "nets/lenet5.onnx"));
    expect(bytes.length).to.be.within(4 * 61_706, 4 * 61_706 + 20_000);
    expect(bytes.includes("chalk-and-tape")).to.equal(true);
  });
  it("replaces a file", async () => {
    const { folder } = await run(["export", "--help"]);
    await mkdir(join(folder, "nets"));
    await writeFile(join(folder, "nets", "net.onnx"), "old");
    const { status } = await run(["export", "--model", "MlpClassifier", "--to", "onnx", "nets/net.onnx"], {
      cwd: folder,
    });
    expect(status).to.equal(0);
    expect((await readFile(join(folder, "nets", "net.onnx"))).length).to.be.above(700);
  });
});

describe("chalk-and-tape export: bad usage is one line on stderr, status 2, and nothing written", () => {
  for (const [line, message] of [
    ["export --model Mlp --to pytorch", "missing required argument 'path'"],
    ["export --model Mlp out", "required option '--to <name>' not specified"],
    ["export --to pytorch out", "export needs --model, the network: .* --model Mlp --to pytorch mlp"],
    ["export --model Mlp --to torch out", 'unknown --to "torch".*pytorch'],
    ["export --model Mpl --to pytorch out", 'unknown model "Mpl".* Did you mean "Mlp"?'],
    ["export --model Mlp --to onnx mlp", '"mlp" does not end in .onnx'],
    ["export --model Mlp --to onnx mlp.onnx --epochs 3", "--epochs is for --to pytorch"],
    [
      "export --model Mlp --dataset moons --to pytorch out",
      "Mlp learns 28 × 28 images, .* Choose MlpClassifier",
    ],
    ["export --model Mlp --dataset mnist --to pytorch out", "data fetch mnist"],
    ["export --model Mlp --to pytorch out --from not-there.npz", "There is no such file"],
    ["export --model Mlp --to pytorch out --engine js", "unknown option '--engine'"],
    ["export --model Mlp --to pytorch /proc/out", '"/proc/out" cannot be written .*; choose a place'],
    ["export --model Mlp --to pytorch mlp.onnx", '"mlp.onnx" ends in .onnx, but pytorch is a folder'],
  ] as const)
    it(line, async () => {
      const { status, stdout, stderr, left } = await run(line.split(" "));
      expect({ status, stdout, left }, stderr).to.deep.equal({ status: 2, stdout: "", left: [] });
      expect(stderr).to.match(/^error: [^\n]*\n$/);
      expect(stderr).to.match(new RegExp(message.replaceAll("?", "\\?").replaceAll("(", "\\(")));
    });
});
