import { expect } from "chai";
import { type Summary, studyNamed, type Verdict } from "chalk-and-tape/studies";
import { spread } from "#internal/studies";

/** Five seeds with equal numbers, or with those given. */
function summary(of: Readonly<Record<string, number | readonly number[]>>): Summary {
  return Object.fromEntries(
    Object.entries(of).map(([name, values]) => [
      name,
      spread(typeof values === "number" ? [values, values, values, values, values] : values),
    ]),
  );
}

/** One case for each verdict; the study has to tell them apart. */
function reaches(name: string, cases: Readonly<Record<Verdict, Summary>>): void {
  for (const [verdict, made] of Object.entries(cases))
    it(`${name}: ${verdict}`, () => {
      const found = studyNamed(name).verdict(made);
      expect(found.verdict, found.sentence).to.equal(verdict);
    });
}

type Path = readonly (number | readonly number[])[];

/** Probes after each layer of both nets. */
function probes({
  images = [0.8, 0.9, 0.95],
  spirals = [0.6, 0.7, 0.9, 1],
  untrained = 0.7,
  shuffled = { images: 0.1, spirals: 0.5 },
}: {
  images?: Path;
  spirals?: Path;
  untrained?: number;
  shuffled?: { images: number; spirals: number };
}): Summary {
  const row: Record<string, number | readonly number[]> = {};
  for (const [data, path] of Object.entries({ images, spirals }))
    for (const [i, value] of path.entries()) {
      const layer = i === 0 ? "input" : `hidden ${i}`;
      row[`${data}, ${layer}: trained net`] = value;
      if (i > 0) row[`${data}, ${layer}: untrained net`] = untrained;
      row[`${data}, ${layer}: shuffled labels`] = data === "images" ? shuffled.images : shuffled.spirals;
    }
  return summary(row);
}

describe("every verdict can be reached", () => {
  reaches("separability", {
    holds: probes({}),
    "holds within limits": probes({ images: [0.8, 0.95, 0.93] }),
    "not seen here": probes({ images: [0.8, 0.8, 0.8], spirals: [0.6, 0.6, 0.6, 0.6] }),
    "not measurable here": probes({ shuffled: { images: 0.4, spirals: 0.5 } }),
  });

  it("separability: a rise counts in at least 4 of 5 seeds, and an untrained net must not do as well", () => {
    const study = studyNamed("separability");
    const four = probes({ images: [0.8, 0.9, [0.95, 0.95, 0.95, 0.95, 0.85]] });
    const three = probes({ images: [0.8, 0.9, [0.95, 0.95, 0.95, 0.85, 0.85]] });
    expect([study.verdict(four).verdict, study.verdict(three).verdict]).to.deep.equal([
      "holds",
      "holds within limits",
    ]);
    expect(study.verdict(probes({ untrained: 1 })).verdict).to.equal("not seen here");
  });

  const net = (name: string, accuracy: number) => ({
    [`${name}: accuracy`]: accuracy,
    [`${name}: training accuracy`]: accuracy,
    [`${name}: parameters`]: 1000,
  });
  const nets = (
    decreasing: number,
    widening: number,
    early: number,
    twoBefore: number,
    late: number = twoBefore,
  ): Summary =>
    summary({
      ...net("784-256-64-10", decreasing),
      ...net("784-64-256-10", widening),
      ...net("784-3-64-10", early),
      ...net("784-256-3-64-10", twoBefore),
      ...net("784-256-3-10", late),
    });
  reaches("bottleneck", {
    holds: nets(0.95, 0.9, 0.6, 0.8),
    "holds within limits": nets(0.95, 0.95, 0.6, 0.8),
    "not seen here": nets(0.95, 0.95, 0.95, 0.95),
    "not measurable here": nets(0.1, 0.1, 0.1, 0.1),
  });

  const components = (constant: number, all: number, two: number, fifty: number): Summary =>
    summary({
      "constant pixels": constant,
      "pixels of test images that are lost with them": 0,
      "all pixels: accuracy": all,
      "components for 95 % of the variance": 100,
      "components for 99 % of the variance": 200,
      "components for all of it": 300,
      "2 components: accuracy": two,
      "50 components: accuracy": fifty,
    });
  reaches("information-loss", {
    holds: components(0, 0.9, 0.3, 0.8),
    "holds within limits": components(60, 0.9, 0.3, 0.9),
    "not seen here": components(60, 0.9, 0.9, 0.9),
    "not measurable here": components(60, 0.1, 0.1, 0.1),
  });

  const circles = (two: number, threeTanh: number, threeReLU: number, four: number): Summary =>
    summary(
      Object.fromEntries([
        ["two units at most", 0.87],
        ...Object.entries({
          "2 tanh": two,
          "2 ReLU": two,
          "3 tanh": threeTanh,
          "3 ReLU": threeReLU,
          "4 tanh": four,
          "4 ReLU": four,
        }).flatMap(([name, share]) => [
          [name, share],
          [`${name}: worst place`, share > 0.9 ? 0.9 : 0],
        ]),
      ]),
    );
  reaches("circles", {
    holds: circles(0.76, 0.99, 0.99, 0.99),
    "holds within limits": circles(0.76, 0.99, 0.76, 0.99),
    "not seen here": circles(0.76, 0.76, 0.76, 0.99),
    "not measurable here": circles(0.76, 0.76, 0.76, 0.76),
import { type Spread, type Summary, studyNamed } from "chalk-and-tape/studies";
import { expectedBest } from "#internal/studies";

/** A summary in which all seeds measured the same. */
function summaryOf(values: Readonly<Record<string, number>>): Summary {
  const spread = (value: number): Spread => ({
    median: value,
    min: value,
    max: value,
    values: [value, value],
  });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, spread(value)]));
}

describe("optimizers: the verdict", () => {
  const names = ["SGD", "momentum", "Nesterov", "RMSprop", "Adam"];
  /** Each optimizer's accuracy at its default rate, after 1 try and after 2. */
  const verdict = (of: (name: string) => readonly [number, number, number]) =>
    studyNamed("optimizers").verdict(
      summaryOf(
        Object.fromEntries(
          names.flatMap((name) =>
            ["default rate", "1 try", "2 tries"].map((what, i) => [`${name}, ${what}`, of(name)[i] ?? 0]),
          ),
        ),
      ),
    );

  it("Adam first at every budget: there is more than SGD", () => {
    expect(verdict((name) => (name === "Adam" ? [0.9, 0.9, 0.9] : [0.5, 0.5, 0.5])).verdict).to.equal(
      "holds",
    );
  });
  it("Adam first at the default rate only: within limits, and the sentence gives both orders", () => {
    const { verdict: word, sentence } = verdict((name) =>
      name === "Adam" ? [0.9, 0.7, 0.8] : name === "momentum" ? [0.4, 0.5, 0.85] : [0.3, 0.4, 0.7],
    );
    expect(word).to.equal("holds within limits");
    expect(sentence).to.contain("default rates: Adam 90.0 % [90.0, 90.0], momentum 40.0 %");
    expect(sentence).to.contain("best of 2 rates: momentum 85.0 %").and.to.contain("tuning budget");
  });
  it("all alike: not seen", () => {
    expect(verdict(() => [0.8, 0.8, 0.8]).verdict).to.equal("not seen here");
  });

  it("expectedBest: the mean over all draws, each judged on validation", () => {
    const runs = [
      { validationAccuracy: 0.5, testAccuracy: 0.4 },
      { validationAccuracy: 0.9, testAccuracy: 0.7 },
      { validationAccuracy: 0.6, testAccuracy: 0.8 },
    ];
    expect(expectedBest(runs, 1)).to.be.closeTo((0.4 + 0.7 + 0.8) / 3, 1e-12);
    expect(expectedBest(runs, 2)).to.be.closeTo((0.7 + 0.7 + 0.8) / 3, 1e-12);
    expect(expectedBest(runs, 3)).to.be.closeTo(0.7, 1e-12);
  });
});

describe("design-flow: the verdict", () => {
  /** For widths 2, 8 and 64: loss of training, of validation at the end and at best, and accuracy. */
  const finding = (...rows: readonly (readonly [number, number, number, number])[]) =>
    studyNamed("design-flow").verdict(
      summaryOf(
        Object.fromEntries(
          rows.flatMap(([training, end, best, accuracy], i) => {
            const at = `width ${[2, 8, 64][i]}`;
            return [
              [`${at}: training loss`, training],
              [`${at}: validation loss`, end],
              [`${at}: lowest validation loss`, best],
              [`${at}: gap`, end - training],
              [`${at}: validation accuracy`, accuracy],
            ];
          }),
        ),
      ),
    );

  it("three readings, three nets: within limits", () => {
    const { verdict, sentence } = finding([1.5, 2, 2, 0.3], [1, 2.2, 1.8, 0.4], [0.1, 3, 1.9, 0.5]);
    expect(verdict).to.equal("holds within limits");
    expect(sentence).to.contain(
      "at the end chooses width 2, with early stopping 8, and the best validation accuracy 64",
    );
  });
  it("one net by all three: it holds", () => {
    expect(finding([1.5, 2, 2, 0.3], [0.5, 1.5, 1.5, 0.5], [0.1, 2, 1.9, 0.4]).verdict).to.equal("holds");
  });
  it("a gap that does not grow: not seen", () => {
    expect(finding([1.5, 2, 2, 0.3], [1, 1.4, 1.4, 0.4], [0.5, 0.9, 0.9, 0.5]).verdict).to.equal(
      "not seen here",
    );
  });
});

describe("depth-vs-width: the verdict", () => {
  it("in the plane: each target is counted once, whatever its name", () => {
    const nets = ["2-65-1", "2-17-11-1", "2-10-10-10-1"];
    const values = nets.flatMap((net, i) =>
      ["spirals, 1 turn", "rings"].flatMap((target) => [
        [`${target}, ${net}: training loss`, 0.1 / (i + 1)],
        [`${target}, ${net}: accuracy`, target === "rings" ? 0.9 - 0.02 * i : 0.9 + 0.02 * i],
      ]),
    );
    const { verdict, sentence } = studyNamed("depth-vs-width").verdict(summaryOf(Object.fromEntries(values)));
    expect(verdict).to.equal("holds within limits");
    expect(sentence)
      .to.contain("on 2 of 2 targets")
      .and.to.contain("more than a point on spirals, 1 turn and falls");
  });

  const onImages = (...accuracies: readonly number[]) =>
    studyNamed("depth-vs-width").verdict(
      summaryOf(
        Object.fromEntries(
          ["1 hidden layer", "2 hidden layers", "3 hidden layers", "5 hidden layers"].flatMap((net, i) => [
            [`${net}: parameters`, 50_000],
            [`${net}: accuracy`, accuracies[i] ?? 0],
          ]),
        ),
      ),
    ).verdict;

  it("on images: depth that loses refutes it, depth that wins bears it out", () => {
    expect(onImages(0.924, 0.923, 0.919, 0.893)).to.equal("not seen here");
    expect(onImages(0.9, 0.95, 0.94, 0.93)).to.equal("holds");
  });
});
