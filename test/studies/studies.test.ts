import { expect } from "chai";
import { toSvg } from "chalk-and-tape/plots";
import {
  type Row,
  runStudy,
  type Study,
  studies,
  studyNamed,
  studyPicture,
  studyResult,
} from "chalk-and-tape/studies";
import { resultDatasets, resultName } from "#internal/studies";

/** Options with which a study takes about a second; what it measures then proves nothing. */
const quick: Readonly<Record<string, Study["options"]>> = {
  "bias-variance": { degrees: [0, 3, 12], fits: 5 },
  "double-descent": { images: 20, test: 40, features: [5, 20, 60] },
  "depth-vs-width": { targets: ["moons"], steps: 5, points: 20 },
  sawtooth: { teeth: [2], steps: 5 },
  bottleneck: { images: 40, test: 40, epochs: 1 },
  separability: { images: 80, test: 40, epochs: 1, steps: 5, points: 40 },
  "information-loss": { images: 40, test: 40, components: [2, 5] },
  circles: { steps: 5, grid: 9, points: 20 },
  permutation: { images: 40, test: 40, epochs: 1 },
  shuffle: { images: 40, test: 40, epochs: 1 },
  optimizers: { rates: [0.01, 1], images: 40, test: 40, epochs: 1 },
  "design-flow": { widths: [2, 8], images: 20, validation: 40, epochs: 2 },
  "relu-on-logits": { images: 40, test: 40, epochs: 1 },
};

describe("studies", () => {
  for (const [name, study] of Object.entries(studies)) {
    it(`${name}: equal seeds give equal numbers, and a small run has a verdict and a picture`, async () => {
      expect(study.name).to.equal(name);
      const options = quick[name] ?? {};
      const result = await runStudy(study, { seeds: 2, options });
      expect(await runStudy(study, { seeds: 2, options })).to.deep.include({ summary: result.summary });
      const alone = await study.run(1, { ...study.options, ...options }, () => {});
      const second = Object.entries(result.summary).map(([key, { values }]) => [key, values[1]]);
      expect(Object.entries(alone), "a seed does not depend on the one before it").to.deep.equal(second);
      expect(result.finding.sentence).to.match(/\.$/);
      const pictures = study.pictures(result.summary);
      expect(pictures).to.not.be.empty;
      for (const picture of pictures) expect(await toSvg(picture)).to.contain("<svg");
    });

    it(`${name}: its own data have a committed result`, () => {
      expect(resultDatasets(study)).to.include(undefined);
    });

    for (const dataset of resultDatasets(study))
      it(`${resultName(study, dataset)}: the committed result is what its numbers give`, () => {
        const result = studyResult(name, { dataset });
        const rows: Row[] = Array.from({ length: result.seeds }, (_, seed) =>
          Object.fromEntries(
            Object.entries(result.summary).map(([key, { values }]) => [key, values[seed] as number]),
          ),
        );
        expect(study.summary(rows)).to.deep.equal(result.summary);
        expect(study.verdict(result.summary)).to.deep.equal(result.finding);
        const other = dataset === undefined ? undefined : study.otherDatasets?.[dataset];
        const named = dataset === undefined ? {} : { dataset };
        expect(result.options).to.deep.equal({ ...study.options, ...named, ...other?.options });
        expect(result.dataset).to.equal(dataset === undefined ? study.dataset : (other?.dataset ?? dataset));
        expect(result.seeds).to.be.at.least(5);
      });
  }

  it("a result on a data set that has none: the error lists those that have one", () => {
    expect(() => studyResult("circles", { dataset: "mnist" })).to.throw(
      RangeError,
      'studyResult: circles has no result for dataset "mnist"; expected one of: the study\'s own data (no dataset).',
    );
    expect(() => studyResult("circles", { dataset: "../results/x" })).to.throw(RangeError, "has no result");
  });

  it("a study of another name: the nearest", () => {
    expect(() => studyNamed("circle")).to.throw(RangeError, 'Did you mean "circles"?');
  });

  it("a run with an option that it does not know, or with a wrong value: an error before the first seed", async () => {
    const circles = studyNamed("circles");
    const refused = async (study: Study, given: object): Promise<string> =>
      runStudy(study, { ...given, report: () => expect.fail("it ran") }).then(() => "ran", String);
    const seed = { ...quick.circles, seed: 1 };
    expect(await refused(circles, { seed: 1 })).to.match(
      /^TypeError: runStudy: unknown option "seed".*"seeds"/,
    );
    expect(await refused(circles, { seeds: 0 })).to.match(/^RangeError: runStudy: seeds is 0, expected/);
    expect(await refused(circles, { journal: "x.jsonl" })).to.match(
      /^TypeError: runStudy: journal is "x.jsonl"/,
    );
    expect(await refused(circles, { options: seed })).to.match(
      /^RangeError: runStudy: circles has no option "seed"/,
    );
    const one = { options: { ...quick["double-descent"], features: [10] } };
    expect(await refused(studyNamed("double-descent"), one)).to.match(
      /^RangeError: double-descent: features is /,
    );
  });
});

describe("studyPicture", () => {
  it("draws the committed result, the first picture or another", () => {
    const drawn = studyNamed("separability").pictures(studyResult("separability").summary);
    expect(studyPicture("separability").spec).to.deep.equal(drawn[0]?.spec);
    expect(studyPicture("separability", { index: 1 }).spec).to.deep.equal(drawn[1]?.spec);
  });
  it("of a picture that there is not: how many there are", () => {
    expect(() => studyPicture("circles", { index: 1 })).to.throw(RangeError, "expected one below 1, the");
  });
});

describe("verdicts can fail", () => {
  const spread = (...values: number[]) => ({
    median: values[0] as number,
    min: Math.min(...values),
    max: Math.max(...values),
    values,
  });

  it("circles: two units that separate disc and ring refute the claim", () => {
    const { summary } = studyResult("circles");
    const ones = spread(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    const wrong = { ...summary, "2 tanh": ones, "2 tanh: worst place": ones };
    expect(studyNamed("circles").verdict(wrong).verdict).to.equal("not seen here");
  });
  it("sawtooth: a net set by hand that is not exact refutes the claim", () => {
    const { summary } = studyResult("sawtooth");
    const wrong = { ...summary, "4 teeth, by hand": spread(0.1) };
    expect(studyNamed("sawtooth").verdict(wrong).verdict).to.equal("not seen here");
  });
  it("relu-on-logits: a ReLU that costs nothing refutes the claim", () => {
    const { summary } = studyResult("relu-on-logits");
    const same = summary["accuracy, without"] ?? spread(1);
    expect(
      studyNamed("relu-on-logits").verdict({ ...summary, "accuracy, with ReLU": same }).verdict,
    ).to.equal("not seen here");
  });
  it("bias-variance: a test error that only falls is no U", () => {
    const { summary } = studyResult("bias-variance");
    const wrong = { ...summary, "degree 12: test error": spread(0) };
    expect(studyNamed("bias-variance").verdict(wrong).verdict).to.equal("not seen here");
  });
  it("double-descent: without a second descent, fewer parameters do overfit less", () => {
    const { summary } = studyResult("double-descent");
    const wrong = { ...summary, "1600 features: test error": spread(0.95) };
    expect(studyNamed("double-descent").verdict(wrong).verdict).to.equal("holds");
  });

  describe("permutation", () => {
    const { verdict } = studyNamed("permutation");
    const measured = {
      "MLP, pixels in place": spread(0.5, 0.5, 0.5, 0.5, 0.5),
      "MLP, pixels permuted": spread(0.49, 0.51, 0.49, 0.5, 0.49),
      "MLP, other weights": spread(0.49, 0.5, 0.51, 0.52, 0.5),
      "CNN, pixels in place": spread(0.9, 0.9, 0.9, 0.9, 0.9),
      "CNN, pixels permuted": spread(0.6, 0.6, 0.6, 0.6, 0.6),
    };
    it("an MLP within its noise and a CNN that falls in every run: holds", () => {
      expect(verdict(measured).verdict).to.equal("holds");
      expect(verdict(measured).sentence).to.contain("up to 2.0 points").and.to.contain("in 5 of 5 runs");
    });
    it("a CNN that falls in most runs: within limits; in few: not seen", () => {
      const falling = (...values: number[]) =>
        verdict({ ...measured, "CNN, pixels permuted": spread(...values) });
      expect(falling(0.6, 0.6, 0.6, 0.6, 0.89).verdict).to.equal("holds within limits");
      expect(falling(0.6, 0.6, 0.89, 0.89, 0.89).verdict).to.equal("not seen here");
    });
    it("an MLP that changes by more than its noise, whether it falls or rises: not seen", () => {
      for (const share of [0.45, 0.55]) {
        const changed = spread(share, share, share, share, share);
        expect(verdict({ ...measured, "MLP, pixels permuted": changed }).verdict).to.equal("not seen here");
      }
    });
  });

  describe("shuffle", () => {
    const { verdict } = studyNamed("shuffle");
    const measured = {
      "accuracy, sorted by class": spread(0.1, 0.1, 0.1, 0.1, 0.1),
      "classes answered, sorted by class": spread(1, 1, 1, 1, 1),
      "accuracy, shuffled once": spread(0.8, 0.8, 0.8, 0.8, 0.9),
      "accuracy, shuffled every epoch": spread(0.85, 0.85, 0.85, 0.85, 0.85),
    };
    const sortedGives = (...values: number[]) =>
      verdict({ ...measured, "accuracy, sorted by class": spread(...values) });
    it("sorted batches that are worse in every run: holds; in most: within limits; else not seen", () => {
      expect(verdict(measured).verdict).to.equal("holds");
      expect(verdict(measured).sentence).to.contain("every epoch is better in 4 of 5 runs");
      expect(sortedGives(0.1, 0.1, 0.1, 0.1, 0.85).verdict).to.equal("holds within limits");
      expect(sortedGives(0.1, 0.1, 0.845, 0.86, 0.85).verdict).to.equal("not seen here");
    });
  });
});
