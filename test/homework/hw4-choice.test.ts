import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import {
  type Arrays,
  choiceIn,
  estimatedSeconds,
  hw4Calls,
  PlantedLayer,
  repliesOf,
  rightRules,
  standsIn,
  textIn,
  wordCount,
} from "#internal/homework";

const choice = {
  data: "cifar10",
  hidden: [64, 32],
  lr: 0.01,
  batchSize: 50,
  epochs: 8,
  seed: 3,
  images: 5000,
  validationAccuracy: 0.4,
};

const call = (name: string, submission: Readonly<Record<string, unknown>>): Arrays =>
  (hw4Calls[name] as (typeof hw4Calls)[string])(submission, {}, () => ({}));

describe("hw4, the choice", () => {
  it("arrives as it was declared", () => {
    expect(choiceIn(call("choice", { choice }))).to.deep.equal(choice);
  });

  const refused: readonly (readonly [key: string, value: unknown, says: RegExp])[] = [
    ["images", 5001, /choice.images is 5001, expected a whole number from 100 to 5000/],
    ["images", Number.NaN, /choice.images is NaN/],
    ["epochs", 2.5, /choice.epochs is 2.5, expected a whole number/],
    ["lr", Number.POSITIVE_INFINITY, /choice.lr is Infinity/],
    ["lr", "0.1", /choice.lr is "0.1", expected a number/],
    ["hidden", [], /choice.hidden is \[\], expected 1 to 3 layers/],
    ["hidden", [4096], /of 1 to 512 units/],
    ["hidden", 64, /one hidden layer of 64 units is \[64\]/],
    ["data", "mnist", /choice.data is "mnist", expected "cifar10" or "shapes"/],
    ["seed", -1, /choice.seed is -1/],
    ["validationAccuracy", 40, /choice.validationAccuracy is 40, expected a number from 0 to 1/],
    ["momentum", 0.9, /unknown key momentum/],
  ];
  for (const [key, value, says] of refused)
    it(`refuses ${key}: ${JSON.stringify(value)}`, () => {
      expect(() => choiceIn(call("choice", { choice: { ...choice, [key]: value } }))).to.throw(says);
    });

  it("refuses a choice without a key, and none at all", () => {
    const { seed: _, ...rest } = choice;
    expect(() => call("choice", { choice: rest })).to.throw(/choice has no seed/);
    expect(() => call("choice", {})).to.throw(/choice is undefined, expected an object/);
  });

  it("counts the seconds as the text says", () => {
    const one = { ...choice, data: "cifar10" as const, hidden: [10] };
    const parameters = 3072 * 10 + 10 + 10 * 10 + 10;
    expect(estimatedSeconds(one)).to.be.closeTo((parameters * 8 * (6 * 5000 + 12 * 100)) / 1e9, 1e-9);
  });

  it("counts words, and refuses a text that is none", () => {
    const letters = call("answers", { answers: { size: "16 units – not 64", stop: "", blind: `a\n b` } });
    const texts = [letters.size, letters.stop, letters.blind].map(textIn);
    expect(texts).to.deep.equal(["16 units – not 64", "", "a\n b"]);
    expect(texts.map(wordCount)).to.deep.equal([4, 0, 2]);
    expect(() => call("answers", { answers: { size: 3 } })).to.throw(/answers.size is 3, expected a text/);
  });

  it("a text stands in the file, or is made by a program", () => {
    const text = "I tried 2 units,\nthen “16”: größer.";
    expect(standsIn(`const answers = { size: \`${text}\` };`, text)).to.equal(true);
    expect(standsIn('size: "I tried 2 units,\\n" +\n  "then “16”: größer.",', text)).to.equal(true);
    expect(
      standsIn('size: ["größer.", "“16”:", "then", "2 units,", "I tried"].reverse().join(" ")', text),
    ).to.equal(false);
  });
});

describe("hw4, a layer beyond the pipe", () => {
  const layer = () => new PlantedLayer(rightRules.linear(np.random(1), [3, 2], 4), { reuses: true });

  /** What a test sees, where every request goes through `repliesOf`. */
  const judged = (test: (layer: never) => unknown, most?: number): Arrays => {
    const replies = repliesOf(layer(), most);
    return (hw4Calls.gradientIsRight as (typeof hw4Calls)[string])({ gradientIsRight: test }, {}, (what, x) =>
      (replies[what] as (typeof replies)[string])(x),
    );
  };

  it("has the numbers of the layer, and writes into the same arrays where the layer does", () => {
    judged((remote: PlantedLayer) => {
      const here = layer();
      const [x, dy] = [np.random(2).normal(0, 1, [3, 2]), np.random(3).normal(0, 1, [3, 4])];
      remote.perturb("bias", np.ones([4]));
      here.perturb("bias", np.ones([4]));
      expect(remote.parameters.bias?.tolist()).to.deep.equal(here.parameters.bias?.tolist());
      expect(remote.forward(x).tolist()).to.deep.equal(here.forward(x).tolist());
      const [dx, weight] = [remote.backward(dy), remote.gradients.weight];
      expect(dx.tolist()).to.deep.equal(here.backward(dy).tolist());
      expect(weight?.tolist()).to.deep.equal(here.gradients.weight?.tolist());
      expect(remote.backward(dy.mul(2))).to.equal(dx);
      expect(remote.gradients.weight?.tolist()).to.deep.equal(weight?.tolist());
      return true;
    });
  });

  it("says what does not fit", () => {
    const one = (test: (remote: PlantedLayer) => unknown) => () => judged(test as (layer: never) => unknown);
    expect(one((r) => r.forward(np.ones([2, 2])))).to.throw(/x has shape \(2, 2\), expected \(3, 2\)/);
    expect(one((r) => r.backward(np.ones([3, 4])))).to.throw(/call forward first/);
    expect(one((r) => r.perturb("bias", np.ones([5])))).to.throw(
      /the change has shape \(5,\), expected \(4,\)/,
    );
    expect(one((r) => r.perturb("scale", np.ones([4])))).to.throw(
      /no parameter scale; there are: weight, bias/,
    );
  });

  it("answers a limited number of calls, and expects true or false", () => {
    const endless = (remote: PlantedLayer): boolean => {
      for (;;) remote.forward(np.ones([3, 2]));
    };
    expect(() => judged(endless as (layer: never) => unknown, 50)).to.throw(/may call one layer 50 times/);
    expect(() => judged(() => undefined)).to.throw(/returned undefined, expected true or false/);
    expect(() => judged(() => 1)).to.throw(/returned 1, expected true or false/);
  });
});
