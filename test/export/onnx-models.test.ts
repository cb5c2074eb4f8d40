import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import type { AnyNetwork } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import { isExhaustive } from "../exhaustive.ts";
import { redraw } from "./both-sides.ts";
import { expectNear, type Float, type OnnxJob, type OnnxReport, runOnnx, tolerance } from "./onnx-jobs.ts";
import { needsPython } from "./python.ts";

type Side = typeof manual | typeof autograd;

/** Slim in the daily run, where the real width takes seconds. */
const slim = (width: number): { width: number } => ({ width: isExhaustive ? 1 : width });
const rng = random(1);

/** Every network and block, and the shape of a batch. */
const models: Readonly<Record<string, readonly [build: (side: Side) => AnyNetwork, ...shape: number[]]>> = {
  MlpClassifier: [(side) => new side.MlpClassifier({ rng }), 3, 2],
  Mlp: [(side) => new side.Mlp({ rng }), 3, 28, 28],
  DeepMlp: [(side) => new side.DeepMlp({ rng, sizes: [12, 9, 8, 7, 3] }), 3, 12],
  NonlinearClassifier: [nonlinearClassifier, 2, 3],
  LeNet5: [(side) => new side.LeNet5({ rng }), 2, 1, 28, 28],
  CifarNet: [(side) => new side.CifarNet({ rng, channels: [4, 6, 8] }), 2, 3, 32, 32],
  AlexNet: [(side) => new side.AlexNet({ rng, ...slim(1 / 16) }), 2, 3, 32, 32],
  Vgg11: [(side) => new side.Vgg11({ rng, ...slim(1 / 16) }), 2, 3, 32, 32],
  ResNet20: [(side) => new side.ResNet20({ rng, ...slim(1 / 4) }), 2, 3, 32, 32],
  "ResNet20 with shortcuts B": [
    (side) => new side.ResNet20({ rng, ...slim(1 / 4), shortcut: "B" }),
    2,
    3,
    16,
    16,
  ],
  ResNet18: [(side) => new side.ResNet18({ rng, ...slim(1 / 16) }), 2, 3, 32, 32],
  "ResNet18 for ImageNet": [
    (side) => new side.ResNet18({ rng, ...slim(1 / 16), stem: "imagenet" }),
    2,
    3,
    64,
    64,
  ],
  MobileNet: [(side) => new side.MobileNet({ rng, ...slim(1 / 16) }), 2, 3, 32, 32],
  BasicBlock: [(side) => new side.BasicBlock(2, 4, { rng, stride: 2 }), 2, 2, 8, 8],
  DepthwiseSeparable: [(side) => new side.DepthwiseSeparable(2, 4, { rng, stride: 2 }), 2, 2, 8, 8],
};

function nonlinearClassifier(side: Side): AnyNetwork {
  const [W1, W2] = [rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])];
  return side === manual
    ? new manual.NonlinearClassifier(W1, W2)
    : new autograd.NonlinearClassifier(
        autograd.tensor(W1, { requiresGrad: true }),
        autograd.tensor(W2, { requiresGrad: true }),
      );
}

/** One file for each model, side, type of floats and set of operators. */
const plans = Object.keys(models).flatMap((name) =>
  ([manual, autograd] as const).flatMap((side) =>
    (["float32", "float64"] as const).map((dtype) => ({
      name,
      side,
      dtype,
      opset: side === manual ? 17 : 21,
    })),
  ),
);

function jobOf({ name, side, dtype, opset }: (typeof plans)[number]): OnnxJob {
  const [build, ...shape] = models[name] as (typeof models)[string];
  const model = build(side);
  redraw(model, random(2));
  const title = `${name}, ${side === manual ? "chalk" : "tape"}, ${dtype}, opset ${opset}`;
  const batch = (more: number): NDArray =>
    random(3).normal(
      0,
      1,
      shape.map((n, axis) => (axis === batchAxisOf(name) ? n + more : n)),
    );
  return { title, model, batches: [[batch(0)], [batch(3)]], options: { dtype, opset } };
}

/** In the lecture's class samples are columns. */
function batchAxisOf(name: string): number {
  return name === "NonlinearClassifier" ? 1 : 0;
}

describe("toOnnx, every model", function () {
  this.timeout(isExhaustive ? 600_000 : 120_000);
  const jobs: OnnxJob[] = [];
  let reports: readonly OnnxReport[] = [];

  before(function () {
    needsPython(this, "onnx", "onnxruntime");
    jobs.push(...plans.map(jobOf));
    reports = runOnnx(jobs);
  });

  for (const [i, { name, side, dtype, opset }] of plans.entries()) {
    const title = `${name}, ${side === manual ? "chalk" : "tape"}, ${dtype}, opset ${opset}`;
    it(title, () => expectNear(reports[i] as OnnxReport, title, tolerance[dtype as Float]));
  }

  it("only the number of samples is open", () => {
    for (const [i, { name, opset }] of plans.entries()) {
      const { inputs, outputs, opset: written } = reports[i] as OnnxReport;
      const [, ...shape] = models[name] as (typeof models)[string];
      const axis = batchAxisOf(name);
      expect(inputs, name).to.deep.equal({ x: shape.map((n, k) => (k === axis ? "N" : n)) });
      expect(Object.keys(outputs), name).to.deep.equal(["y"]);
      expect(
        outputs.y?.map((n, k) => (k === axis ? n === "N" : Number.isInteger(n))),
        name,
      ).to.not.include(false);
      expect(written, name).to.equal(opset);
    }
  });

  it("arrays have the keys of the state dict, nodes the names of the parts", () => {
    for (const [i, { title, model }] of jobs.entries()) {
      const { initializers, names } = reports[i] as OnnxReport;
      const keys = Object.keys(model.stateDict()).filter((key) => !key.endsWith("num_batches_tracked"));
      expect(initializers, title).to.include.members(keys);
      expect(new Set(names).size, title).to.equal(names.length);
      for (const key of keys) {
        const part = key.slice(0, Math.max(0, key.lastIndexOf(".")));
        if (part !== "") expect(names, title).to.include(part);
      }
    }
    const mlp = reports[plans.findIndex(({ name }) => name === "Mlp")] as OnnxReport;
    expect(mlp.names).to.deep.equal(["flatten", "layer1", "relu1", "layer2", "relu2", "layer3"]);
    expect(mlp.operators).to.deep.equal(["Flatten", "Gemm", "Relu", "Gemm", "Relu", "Gemm"]);
  });

  it("a file says who made it", () => {
    const manifest = new URL("../../../package.json", import.meta.url);
    const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string; version: string };
    for (const { producer } of reports) expect(producer).to.deep.equal([name, version]);
  });
});
