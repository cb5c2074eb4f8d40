import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { blobs, digits } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, exp, logsumexp, NDArray, oneHot, random } from "chalk-and-tape/np";
import type { Overfit, OverfitSettings } from "chalk-and-tape/training";
import { bits } from "../loop/job.ts";

const points = blobs({ n: 12, seed: 3 });
const pictures = digits({ n: 6, seed: 3 });
const batch = { x: points.x, y: points.y };

interface Program {
  readonly chalk: () => manual.Layer;
  readonly tape: () => autograd.Module;
  readonly batch?: manual.Batch;
  readonly loss?: "CrossEntropyLoss" | "MSELoss";
  readonly lr?: number;
  /** Parameters that the optimizer is given instead of the model's. */
  readonly wrong?: "last";
  readonly settings?: OverfitSettings;
}

const runs = {
  chalk(program: Program): Promise<Overfit> {
    const model = program.chalk();
    const loss = program.loss === "MSELoss" ? new manual.MSELoss() : new manual.CrossEntropyLoss();
    const optimizer = (own: manual.Parameter[]): manual.Adam => {
      const given = program.wrong === "last" ? own.slice(-2) : own;
      return new manual.Adam(given, { lr: program.lr ?? 0.02 });
    };
    return manual.overfitOneBatch(model, program.batch ?? batch, { loss, optimizer, ...program.settings });
  },
  tape(program: Program): Promise<Overfit> {
    const model = program.tape();
    const loss = program.loss === "MSELoss" ? new autograd.MSELoss() : new autograd.CrossEntropyLoss();
    const optimizer = (own: autograd.Tensor[]): autograd.Adam => {
      const given = program.wrong === "last" ? own.slice(-2) : own;
      return new autograd.Adam(given, { lr: program.lr ?? 0.02 });
    };
    return autograd.overfitOneBatch(model, program.batch ?? batch, { loss, optimizer, ...program.settings });
  },
};

const layers = (
  kind: "plain" | "softmax" | "dead" | "linear" | "blind" | "norm",
): Pick<Program, "chalk" | "tape"> => ({
  chalk() {
    const rng = random(2);
    const last = new manual.Linear(16, 3, { rng });
    if (kind === "linear")
      return new manual.Sequential(new manual.Linear(2, 1, { rng }), new manual.Linear(1, 3, { rng }));
    const first = new manual.Linear(2, 16, { rng });
    const model = new manual.Sequential(
      first,
      ...(kind === "norm" ? [new manual.BatchNorm1d(16)] : []),
      new manual.ReLU(),
      last,
    );
    if (kind === "dead") first.bias?.copyFrom(array(Array(16).fill(-50)));
    if (kind === "blind") return new manual.Sequential(new ChalkBlind(), model);
    return kind === "softmax" ? new manual.Sequential(model, new ChalkSoftmax()) : model;
  },
  tape() {
    const rng = random(2);
    const last = new autograd.Linear(16, 3, { rng });
    if (kind === "linear")
      return new autograd.Sequential(new autograd.Linear(2, 1, { rng }), new autograd.Linear(1, 3, { rng }));
    const first = new autograd.Linear(2, 16, { rng });
    const model = new autograd.Sequential(
      first,
      ...(kind === "norm" ? [new autograd.BatchNorm1d(16)] : []),
      new autograd.ReLU(),
      last,
    );
    if (kind === "dead") first.bias?.data.copyFrom(array(Array(16).fill(-50)));
    if (kind === "blind") return new autograd.Sequential(new TapeBlind(), model);
    return kind === "softmax" ? new autograd.Sequential(model, new TapeSoftmax()) : model;
  },
});
class ChalkSoftmax extends manual.Layer {
  #p: NDArray | null = null;
  forward(x: NDArray): NDArray {
    this.#p = exp(x.sub(logsumexp(x, 1, true)));
    return this.#p;
  }
  backward(dy: NDArray): NDArray {
    const p = this.remembered(this.#p);
    return p.mul(dy.sub(dy.mul(p).sum(1, true)));
  }
}
class TapeSoftmax extends autograd.Module {
  forward(x: autograd.Tensor): autograd.Tensor {
    return exp(x.sub(logsumexp(x, 1, true)));
  }
}
class ChalkBlind extends manual.Layer {
  forward(x: NDArray): NDArray {
    return x.mul(0);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(0);
  }
}
class TapeBlind extends autograd.Module {
  forward(x: autograd.Tensor): autograd.Tensor {
    return x.mul(0);
  }
}

const fitted = { x: points.x, y: oneHot(points.y, 3, { dtype: "float64" }) };
const conflicting = { x: array([[1, 2], [0, 1], [1, 2]]), y: NDArray.from(Int32Array.of(0, 1, 2)) }; // biome-ignore format: a matrix
// biome-ignore format: a table
const wrong: [what: string, program: Program, cause: RegExp][] = [
  ["a learning rate of 0", { ...layers("plain"), lr: 0, settings: { steps: 20 } }, /^no parameter changed at all/],
  ["a part that the optimizer does not hold", { ...layers("linear"), wrong: "last", settings: { steps: 30 } }, /^0\.weight, 0\.bias never changed/],
  ["equal items with different labels", { ...layers("plain"), batch: conflicting }, /^items 0 and 2 are equal, but their targets differ/],
  ["softmax before the loss", layers("softmax"), /^CrossEntropyLoss is given probabilities: with softmax applied twice it cannot fall below 0\.551/],
  ["dead ReLUs", layers("dead"), /all 16 units of layers\[1\] \(ReLU\) are 0 for every item/],
  ["a network that does not see x", layers("blind"), /the model gives the same output for every item/],
  ["a learning rate far too large", { ...layers("plain"), batch: fitted, loss: "MSELoss", lr: 100, settings: { steps: 30 } }, /^the loss (rose|became NaN or infinite)/],
  ["too few steps", { ...layers("plain"), lr: 1e-3, settings: { steps: 40 } }, /^the loss was still falling/],
];

for (const [name, run] of Object.entries(runs)) {
  describe(`training, overfitOneBatch on ${name}`, () => {
    for (const kind of ["plain", "norm"] as const) {
      it(`a right network learns the batch: ${kind}`, async () => {
        const done = await run(layers(kind));
        expect(done.ok, done.message).to.equal(true);
        expect(done.causes).to.deep.equal([]);
        expect(done.losses.at(-1)).to.be.below(0.01);
        expect(done.message).to.match(
          /^overfitOneBatch: the loss fell from \d+\.\d+ to 0\.00\d+ in \d+ steps: the network can learn this batch\.$/,
        );
      });
    }
    it("digits by the lecture's network", async () => {
      const done = await run({
        chalk: () => new manual.Mlp({ rng: random(1) }),
        tape: () => new autograd.Mlp({ rng: random(1) }),
        batch: { x: pictures.x.astype("float64").div(255), y: pictures.y },
        lr: 3e-3,
        settings: { steps: 40 },
      });
      expect(done.ok, done.message).to.equal(true);
    });
    for (const [what, program, cause] of wrong) {
      it(`says what is wrong: ${what}`, async () => {
        const done = await run(program);
        expect(done.ok).to.equal(false);
        expect(done.causes.join("\n")).to.match(new RegExp(cause, "m"));
        expect(done.causes[0], "the surest first").to.match(new RegExp(cause.source.replace(/^\^/, "")));
        expect(done.message).to.include(`  - ${done.causes[0]}`);
      });
    }
    it("too small a network: no other cause is invented", async () => {
      const xor = { x: array([[0, 0], [0, 1], [1, 0], [1, 1]]), y: NDArray.from(Int32Array.of(0, 1, 1, 0)) }; // biome-ignore format: a matrix
      const done = await run({ ...layers("linear"), batch: xor, settings: { steps: 800 } });
      expect(done.causes).to.have.length(1);
      expect(done.causes[0]).to.match(/^it is stuck: the network may be too small/);
    });
  });
}

describe("training, overfitOneBatch leaves no trace", () => {
  it("weights, running statistics, modes, streams, gradients", async () => {
    const model = layers("norm").chalk() as manual.Sequential;
    (model.layers[1] as manual.Layer).eval();
    const before = bits(model.stateDict());
    const options = {
      loss: new manual.CrossEntropyLoss(),
      optimizer: (p: manual.Parameter[]) => new manual.SGD(p, { lr: 0.1 }),
      steps: 5,
    };
    await manual.overfitOneBatch(model, batch, options);
    expect(bits(model.stateDict())).to.equal(before);
    expect(model.layers.map(({ training }) => training)).to.deep.equal([true, false, true, true]);
    expect(model.parameters().every((p) => p.gradient === null)).to.equal(true);
  });
  it("refuses options outside their range", async () => {
    const model = layers("plain").tape();
    const options = {
      loss: new autograd.CrossEntropyLoss(),
      optimizer: (p: autograd.Tensor[]) => new autograd.SGD(p),
    };
    for (const [settings, text] of [[{ steps: 0 }, "steps is 0"], [{ below: 0 }, "below is 0"]] as const) // biome-ignore format: pairs
      expect(
        await autograd
          .overfitOneBatch(model, batch, { ...options, ...settings })
          .catch((e: Error) => e.message),
      ).to.include(text);
  });
});
