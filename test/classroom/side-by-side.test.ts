import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { sideBySide, stepThrough } from "chalk-and-tape/classroom";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, ones, random } from "chalk-and-tape/np";

const x = random(1).normal(0, 1, [6, 2]);
const dy = random(2).normal(0, 1, [6, 1]);
const onTape = () => new autograd.MlpClassifier({ rng: random(7) });
const byHand = () => new manual.MlpClassifier({ rng: random(7) });
const parts = ["layer1", "relu1", "layer2", "relu2", "layer3", "relu3", "layer4"];

/** Its layer 2 averages the gradient of the bias. */
class AveragedBias extends manual.MlpClassifier {
  constructor() {
    super({ rng: random(7) });
    const backward = this.layer2.backward.bind(this.layer2);
    this.layer2.backward = (dy, options) => {
      const dx = backward(dy, options);
      this.layer2.dBias = dy.mean(0);
      return dx;
    };
  }
}

describe("sideBySide", () => {
  it("has a row for each part, in the order of forward, with both lines as they are written", () => {
    const { rows, agree } = sideBySide(byHand(), onTape(), x, dy);
    expect(rows.map(({ part }) => part.replace(/ .*/, ""))).to.deep.equal(parts);
    expect(agree).to.equal(true);
    expect(rows[2]).to.include({
      part: "layer2 (Linear)",
      forward: "y = this.layer2.forward(y)",
      shapes: "(6, 10) → (6, 10)",
    });
    expect(rows[2]?.backward).to.match(/^d = this\.layer2\.backward\(d\)/);
    expect(rows[2]?.tape).to.match(/^\w+(, \w+)*$/);
    expect(Object.keys(rows[2]?.values ?? {})).to.have.members(["y", "dx", "dWeight", "dBias"]);
  });
  it("finds the one wrong gradient, in its row only", () => {
    const { rows, agree } = sideBySide(new AveragedBias(), onTape(), x, dy);
    const wrong = rows.filter(({ agreement }) => agreement === "different");
    expect([agree, ...wrong.map(({ part }) => part)]).to.deep.equal([false, "layer2 (Linear)"]);
    expect(wrong[0]?.largest).to.be.above(1e-6);
  });
  it("finds a gradient that only one side has", () => {
    const chalk = byHand();
    const backward = chalk.layer2.backward.bind(chalk.layer2);
    chalk.layer2.backward = (dy, options) => {
      const dx = backward(dy, options);
      chalk.layer2.dBias = null;
      return dx;
    };
    const { rows } = sideBySide(chalk, onTape(), x, dy);
    expect([rows[2]?.agreement, rows[2]?.largest]).to.deep.equal(["different", Number.NaN]);
    expect(rows[2]?.values.dBias).to.match(/^by hand\nnone\non the tape\n\S/);
  });
  it("compares two sides: other weights on the tape are different", () => {
    const other = new autograd.MlpClassifier({ rng: random(8) });
    const { rows } = sideBySide(byHand(), other, x, dy);
    expect(rows.filter(({ agreement }) => agreement !== "different")).to.deep.equal([]);
  });
  it("takes a single layer, which has no parts", () => {
    const { rows } = sideBySide(
      new manual.Linear(2, 1, { rng: random(1) }),
      new autograd.Linear(2, 1, { rng: random(1) }),
      x,
      dy,
    );
    expect(rows.map(({ part, agreement }) => [part, agreement])).to.deep.equal([["Linear", "exact"]]);
  });
  it("takes parts in a list, which a loop calls", () => {
    const rng = () => random(3);
    const { rows, agree } = sideBySide(
      new manual.Mlp({ sizes: [2, 5, 4, 1], rng: rng() }),
      new autograd.Mlp({ sizes: [2, 5, 4, 1], rng: rng() }),
      x,
      dy,
    );
    expect(agree).to.equal(true);
    for (const { forward, backward } of rows) {
      expect(forward).to.match(/\.forward\(/);
      expect(backward).to.match(/\.backward\(/);
    }
  });
  it("gives the network's x to the first part of a list, which returns the network's dx", () => {
    const chalk = new manual.Sequential(new manual.Linear(2, 1, { rng: random(1) }), new manual.Tanh());
    const tape = new autograd.Sequential(new autograd.Linear(2, 1, { rng: random(1) }), new autograd.Tanh());
    const lines = sideBySide(chalk, tape, x, dy).rows.map(({ forward, backward }) => [forward, backward]);
    expect(lines).to.deep.equal([
      ["y = layers[0].forward(x)", "dx = layers[0].backward(dy)"],
      ["y = layers[1].forward(y)", "dy = layers[1].backward(dy)"],
    ]);
  });
  it("leaves both networks as they were, with their gradients", () => {
    const [chalk, tape] = [byHand(), onTape()];
    sideBySide(chalk, tape, x, dy);
    expect(Object.hasOwn(chalk.layer1, "forward")).to.equal(false);
    expect(Object.hasOwn(tape.layer1, "forward")).to.equal(false);
    expect(chalk.layer1.dWeight?.shape).to.deep.equal([10, 2]);
    expect(tape.layer1.weight.grad?.shape).to.deep.equal([10, 2]);
  });
  it("refuses a side twice, networks with other parts, and says which", () => {
    const twice = byHand() as unknown as autograd.MlpClassifier;
    expect(() => sideBySide(byHand(), twice, x, dy)).to.throw(
      TypeError,
      /sideBySide: onTape is .*its twin on the tape/,
    );
    const [short, long] = [
      new manual.Sequential(new manual.ReLU()),
      new autograd.Sequential(new autograd.ReLU(), new autograd.ReLU()),
    ];
    expect(() => sideBySide(short, long, x, x)).to.throw(TypeError, /call other parts: chalk .*; tape .*, /);
    expect(() => sideBySide(byHand(), onTape(), x, 1 as unknown as NDArray)).to.throw(TypeError, /dy is 1/);
  });
});

describe("stepThrough", () => {
  it("goes forward through each part, then back through each, without dropping one", async () => {
    const { steps } = await stepThrough(byHand(), onTape(), x, dy);
    const wanted = [
      ...parts.map((name) => `forward, ${name}`),
      ...[...parts].reverse().map((name) => `backward, ${name}`),
    ];
    expect(steps.map(({ title }) => title.replace(/ \(.*/, ""))).to.deep.equal(wanted);
    expect(steps[0]?.text).to.equal("y = this.layer1.forward(x)");
    expect(steps.at(-1)?.values?.shapes).to.equal("(6, 10) → (6, 2)");
  });
  it("compares each gradient with the tape's", async () => {
    const { steps } = await stepThrough(new AveragedBias(), onTape(), x, dy);
    const verdicts = steps.flatMap(({ title, values = {} }) =>
      Object.entries(values).flatMap(([name, value]) =>
        name.endsWith("same on the tape") && value.startsWith("different")
          ? [`${title}: ${name.replace(/, .*/, "")}`]
          : [],
      ),
    );
    expect(verdicts).to.deep.equal(["backward, layer2 (Linear): dBias"]);
  });
  it("throws what forward throws", async () => {
    const thrown = await stepThrough(byHand(), onTape(), ones([6, 3]), dy).catch((error: unknown) => error);
    expect(String(thrown)).to.match(/ShapeError/);
  });
});
