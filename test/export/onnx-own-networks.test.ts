import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { Module, type Tensor } from "chalk-and-tape/autograd";
import type { AnyNetwork } from "chalk-and-tape/export";
import { concatenate, exp, type NDArray, random } from "chalk-and-tape/np";
import { redraw } from "./both-sides.ts";
import { expectNear, type OnnxJob, type OnnxReport, runOnnx, tolerance } from "./onnx-jobs.ts";
import { own } from "./own.ts";
import { ownNetworks } from "./own-networks.ts";
import { needsPython } from "./python.ts";

const rng = random(1);
const { AvgPool2d, Conv2d, ConvTranspose2d, Embedding, Linear, ReLU } = autograd;
const linear = (from: number, to: number, bias: boolean = true) => new Linear(from, to, { rng, bias });

const numbers = (...shape: number[]): NDArray => random(2).normal(0, 1, shape);
const words = (...shape: number[]): NDArray =>
  random(2)
    .choice(
      7,
      shape.reduce((a, b) => a * b),
    )
    .reshape(shape);

/** What users write: arithmetic between parts, parts used twice, sequences, words. */
const networks: readonly [what: string, network: AnyNetwork, input: (n: number) => NDArray][] = [
  [
    "a gate of its own input, which onnxruntime makes one operator of",
    own({ a: linear(4, 4) }, ({ a }, x) => a.forward(x).mul(a.forward(x).sigmoid())),
    (n) => numbers(n, 4),
  ],
  ["x times its sigmoid", own({ a: linear(4, 4) }, (_, x) => x.mul(x.sigmoid())), (n) => numbers(n, 4)],
  [
    "products with a number before and behind a matrix product, which onnxruntime joins in float32",
    own({ a: linear(4, 3, false) }, ({ a }, x) => a.forward(x.mul(0.1)).div(3)),
    (n) => numbers(n, 5, 4),
  ],
  [
    "the same around an average",
    own({ a: new AvgPool2d(2) }, ({ a }, x) => a.forward(x.div(3)).mul(0.1)),
    (n) => numbers(n, 2, 4, 6),
  ],
  [
    "the same around a convolution",
    own({ a: new Conv2d(2, 3, 3, { rng, bias: false }) }, ({ a }, x) => a.forward(x.div(3)).mul(0.1)),
    (n) => numbers(n, 2, 4, 6),
  ],
  [
    "one part used twice, and a list of parts",
    own({ relu: new ReLU(), layers: [linear(4, 4), linear(4, 4)] }, ({ relu, layers }, x) => {
      let y = x;
      for (const layer of layers) y = relu.forward(layer.forward(y)).add(x);
      return y.neg();
    }),
    (n) => numbers(n, 4),
  ],
  [
    "every operation between parts",
    own({ a: linear(6, 4), b: linear(6, 4) }, ({ a, b }, x) => {
      const flat = x.reshape(x.shape[0] as number, -1);
      const [p, q] = [a.forward(flat).relu().add(0.5).log(), b.forward(flat).tanh()];
      return exp(p.sub(q).mul(q).neg()).div(q.sigmoid().add(1)).sub(p);
    }),
    (n) => numbers(n, 2, 3),
  ],
  [
    "embedded words, flattened",
    own({ embed: new Embedding(7, 3, { rng }), fc: linear(12, 2) }, ({ embed, fc }, x) =>
      fc.forward(embed.forward(x).reshape(x.shape[0] as number, -1)),
    ),
    (n) => words(n, 4),
  ],
  [
    "whole numbers in sums, as indices and beside floats",
    own({ embed: new Embedding(8, 1, { rng }) }, ({ embed }, x) =>
      embed
        .forward(x.add(1))
        .reshape(x.shape[0] as number, -1)
        .mul(x)
        .div(x.add(2)),
    ),
    (n) => words(n, 4),
  ],
  [
    "an autoencoder",
    own(
      {
        down: new Conv2d(1, 3, 3, { rng, stride: 2, padding: 1 }),
        up: new ConvTranspose2d(3, 1, 3, { rng, stride: 2, padding: 1, outputPadding: 1 }),
      },
      ({ down, up }, x) => up.forward(down.forward(x).relu()).sigmoid(),
    ),
    (n) => numbers(n, 1, 6, 8),
  ],
  ["nothing but its input", own({}, (_, x) => x), (n) => numbers(n, 3)],
  [
    "a class without a name",
    new (class extends Module {
      forward(x: Tensor): Tensor {
        return x.exp();
      }
    })(),
    (n) => numbers(n, 3),
  ],
];

class Named extends Module {
  readonly x = linear(3, 3);
  readonly y = linear(3, 3);
  readonly add = linear(3, 3);
  forward(x: Tensor): Tensor {
    return this.y.forward(this.x.forward(x)).add(this.add.forward(x));
  }
}

class Tied extends Module {
  readonly encoder = linear(3, 3);
  readonly decoder = linear(3, 3);
  constructor() {
    super();
    this.decoder.weight = this.encoder.weight;
  }
  forward(x: Tensor): Tensor {
    return this.decoder.forward(this.encoder.forward(x));
  }
}

describe("toOnnx, networks of one's own", function () {
  this.timeout(120_000);
  const jobs: OnnxJob[] = [];
  const others: OnnxJob[] = [];
  let reports: readonly OnnxReport[] = [];
  const all: typeof networks = [
    ...networks,
    ["parts named as the ends of the graph and as an operation", new Named(), (n) => numbers(n, 3)],
    ["two parts with one weight", new Tied(), (n) => numbers(n, 3)],
  ];

  before(function () {
    needsPython(this, "onnx", "onnxruntime");
    for (const {
      title,
      networks: [model],
      batches: [first],
    } of ownNetworks()) {
      const batches = [first as NDArray[], (first as NDArray[]).map((x) => concatenate([x, x, x]))];
      others.push({ title, model: model as AnyNetwork, batches, options: { dtype: "float64" } });
    }
    for (const [title, model, input] of all) {
      redraw(model, random(3));
      for (const dtype of ["float32", "float64"] as const)
        jobs.push({
          title: `${title}, ${dtype}`,
          model,
          batches: [[input(2)], [input(5)]],
          options: { dtype },
        });
    }
    reports = runOnnx([...jobs, ...others]);
  });

  it("the networks that PyTorch takes, on either side", () => {
    expect(others).to.have.lengthOf.at.least(10);
    for (const [i, { title }] of others.entries())
      expectNear(reports[jobs.length + i] as OnnxReport, title, tolerance.float64);
  });

  for (const [i, [what]] of all.entries())
    it(what, () => {
      for (const [k, dtype] of (["float32", "float64"] as const).entries())
        expectNear(reports[2 * i + k] as OnnxReport, `${what}, ${dtype}`, tolerance[dtype]);
    });

  it("names given twice are numbered, and a shared weight is kept once", () => {
    const twice = reports[jobs.findIndex(({ title }) => title.startsWith("one part used twice"))];
    expect(twice?.names).to.deep.equal([
      "parts.layers.0",
      "parts.relu",
      "add",
      "parts.layers.1",
      "parts.relu_1",
      "add_1",
      "neg",
    ]);
    const tied = reports[jobs.findIndex(({ title }) => title.startsWith("two parts with one weight"))];
    expect(tied?.initializers).to.deep.equal(["encoder.weight", "encoder.bias", "decoder.bias"]);
  });
});
