import { expect } from "chai";
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

  it("on images: depth that never wins refutes it, depth that always wins bears it out, else within limits", () => {
    expect(onImages(0.924, 0.923, 0.919, 0.893)).to.equal("not seen here");
    expect(onImages(0.92, 0.924, 0.924, 0.924), "by less than half a point").to.equal("not seen here");
    expect(onImages(0.92, 0.93, 0.925, 0.9)).to.equal("holds within limits");
    expect(onImages(0.9, 0.95, 0.94, 0.93)).to.equal("holds");
  });
});
