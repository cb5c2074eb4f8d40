import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type SanityLadder, sanityLadder } from "chalk-and-tape/classroom";
import { blobs } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, concatenate, type NDArray, ones, random } from "chalk-and-tape/np";

const centers = [[-1, -1], [1, -1], [0, 1]] as const; // biome-ignore format: three points
const batch = blobs({ n: 60, centers, noise: 0.1, seed: 1 });
const names = [
  "loss at the start",
  "a tiny step lowers the loss",
  "gradient check",
  "50 items by heart",
  "dead units",
  "silent classes",
];

function network(side: "manual" | "autograd"): manual.Sequential | autograd.Sequential {
  const rng = random(6);
  if (side === "manual") {
    const { Linear, ReLU, Sequential } = manual;
    return new Sequential(new Linear(2, 16, { rng }), new ReLU(), new Linear(16, 3, { rng }));
  }
  const { Linear, ReLU, Sequential } = autograd;
  return new Sequential(new Linear(2, 16, { rng }), new ReLU(), new Linear(16, 3, { rng }));
}

/** The names of the rungs that fail. */
function failed({ rungs }: SanityLadder): string[] {
  return rungs.filter(({ passed }) => !passed).map(({ name }) => name);
}

/** A Linear that changes what it returns or keeps in backward. */
function wrong(change: (layer: manual.Linear, dy: NDArray) => void): manual.Sequential {
  const model = network("manual") as manual.Sequential;
  const [first] = model.layers as [manual.Linear];
  const backward = first.backward.bind(first);
  first.backward = (dy, options) => {
    const dx = backward(dy, options);
    change(first, dy);
    return dx;
  };
  return model;
}

describe("sanityLadder", () => {
  for (const side of ["manual", "autograd"] as const)
    it(`${side}: a sound network passes every rung, and each says what it cannot see`, async () => {
      const { rungs, passed } = await sanityLadder(network(side), batch);
      expect(rungs.map(({ name }) => name)).to.deep.equal(names);
      expect(rungs.filter((rung) => !rung.passed)).to.deep.equal([]);
      expect(passed).to.equal(true);
      for (const { cannotSee, seen } of rungs) expect([cannotSee, seen]).to.not.include("");
    });
  it("both sides see the same", async () => {
    const [chalk, tape] = [
      await sanityLadder(network("manual"), batch),
      await sanityLadder(network("autograd"), batch),
    ];
    expect(chalk.rungs.slice(0, 2)).to.deep.equal(tape.rungs.slice(0, 2));
  });

  const mistakes: Record<string, (layer: manual.Linear, dy: NDArray) => void> = {
    "a halved dWeight": (layer) => (layer.dWeight = layer.dWeight?.mul(0.5) ?? null),
    "a dWeight of the wrong sign": (layer) => (layer.dWeight = layer.dWeight?.mul(-1) ?? null),
    "an averaged dBias": (layer, dy) => (layer.dBias = dy.mean(0)),
    "a dBias of the wrong sign": (layer) => (layer.dBias = layer.dBias?.mul(-1) ?? null),
  };
  for (const [name, change] of Object.entries(mistakes))
    it(`${name}: the gradient check fails`, async () => {
      expect(failed(await sanityLadder(wrong(change), batch))).to.include("gradient check");
    });
  it("a dWeight of the wrong sign: the tiny step does not lower the loss as it should", async () => {
    const model = wrong((layer) => (layer.dWeight = layer.dWeight?.mul(-1) ?? null));
    expect(failed(await sanityLadder(model, batch))).to.include("a tiny step lowers the loss");
  });

  it("logits that are far too large: the loss at the start", async () => {
    const model = network("manual") as manual.Sequential;
    const last = model.layers[2] as manual.Linear;
    last.weight.addInPlace(last.weight, 49);
    expect(failed(await sanityLadder(model, batch))).to.include("loss at the start");
  });
  it("contradictory labels: not by heart, and nothing else", async () => {
    const twice = {
      x: concatenate([batch.x, batch.x]),
      y: concatenate([batch.y, random(1).integers(0, 3, [60])]),
    };
    expect(failed(await sanityLadder(network("manual"), twice, { items: 120 }))).to.deep.equal([
      "120 items by heart",
    ]);
  });
  it("a hidden layer whose bias is far below 0: dead units, and every class is silent", async () => {
    const model = network("autograd") as autograd.Sequential;
    const first = model.modules()[1] as autograd.Linear;
    first.bias?.data.addInPlace(array(Array.from({ length: 16 }, () => 1)), -1000);
    const ladder = await sanityLadder(model, batch);
    expect(failed(ladder)).to.include.members(["dead units", "silent classes"]);
    expect(ladder.rungs[4]?.seen).to.match(/16 of 16/);
    expect(ladder.rungs[5]?.seen).to.match(/class 0, 1, 2$/);
  });
  it("relu after the logits kills one class: it is named", async () => {
    const rng = random(6);
    const last = new manual.Linear(16, 3, { rng });
    last.bias?.set(-1000, 1);
    const model = new manual.Sequential(
      new manual.Linear(2, 16, { rng }),
      new manual.ReLU(),
      last,
      new manual.ReLU(),
    );
    const { rungs } = await sanityLadder(model, batch);
    expect([rungs[5]?.passed, rungs[5]?.seen]).to.deep.equal([
      false,
      "the logit is the same for every item now: class 1",
    ]);
  });
  it("logits that are all 0 and stay so: no gradient, which proves nothing, and no NaN", async () => {
    const last = new manual.Linear(16, 3, { rng: random(1) });
    last.bias?.addInPlace(ones([3]), -1000);
    const { Linear, ReLU, Sequential } = manual;
    const ladder = await sanityLadder(
      new Sequential(new Linear(2, 16, { rng: random(1) }), new ReLU(), last, new ReLU()),
      batch,
    );
    expect(failed(ladder)).to.include.members(names.slice(1, 4)).and.not.include(names[0]);
    expect(ladder.rungs[5]?.seen).to.match(/class 0, 1, 2$/);
    expect(String(ladder)).to.not.match(/NaN/);
  });

  for (const side of ["manual", "autograd"] as const)
    it(`${side}: leaves weights, buffers, modes and random streams as they were`, async () => {
      const { BatchNorm1d, Dropout, Linear, Sequential } = side === "manual" ? manual : autograd;
      const rng = random(6);
      // biome-ignore lint/suspicious/noExplicitAny: the classes of both sides
      const parts: any[] = [
        new Linear(2, 8, { rng }),
        new BatchNorm1d(8),
        new Dropout(0.5, { rng: random(5) }),
        new Linear(8, 3, { rng }),
      ];
      const model = new Sequential(...parts);
      parts[1].training = false;
      const before = JSON.stringify(model.stateDict());
      await sanityLadder(model, batch);
      expect(JSON.stringify(model.stateDict())).to.equal(before);
      expect(parts.map(({ training }) => training)).to.deep.equal([true, false, true, true]);
    });
  it("restores the model after an error, too", async () => {
    const model = new manual.Sequential(new manual.Linear(2, 3, { rng: random(4), dtype: "float32" }));
    const thrown = await sanityLadder(model, batch).catch((error: unknown) => error);
    expect(String(thrown)).to.match(/TypeError: sanityLadder: the parameters are float32.*build the model/);
    expect(model.training).to.equal(true);
  });
  it("refuses a model without a class for each column, and one of neither side", async () => {
    const error = async (model: unknown) =>
      String(await sanityLadder(model as manual.Layer, batch).catch((thrown: unknown) => thrown));
    expect(await error(new manual.Linear(2, 1, { rng: random(1) }))).to.match(
      /ShapeError: sanityLadder: the model gives shape \(60, 1\), expected logits \(N, C\) of two classes or more/,
    );
    expect(await error({})).to.match(
      /TypeError: sanityLadder: model is .*expected a network of chalk or of the tape/,
    );
  });
  it("takes as many items and steps as it is given", async () => {
    const { rungs } = await sanityLadder(network("manual"), batch, { items: 7, steps: 1 });
    expect(rungs[3]?.name).to.equal("7 items by heart");
    expect(rungs[3]?.seen).to.match(/after 1 steps/);
  });
});
