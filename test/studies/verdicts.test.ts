import { expect } from "chai";
import { type Summary, studyNamed, studyResult, type Verdict } from "chalk-and-tape/studies";
import { compressing, narrowing, separabilityTold, spread } from "#internal/studies";

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

  it("separability: beside other images, the spirals have no say", () => {
    const result = studyResult("separability", { dataset: "mnist" });
    const flat = probes({ images: [0.8, 0.8, 0.8] });
    expect(studyNamed("separability").verdict(flat).verdict).to.equal("holds within limits");
    expect(separabilityTold({ ...result, summary: flat }).verdict).to.equal("not seen here");
    expect(separabilityTold(studyResult("separability"))).to.deep.equal(studyResult("separability").finding);
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

  const read = (reading: typeof narrowing, of: Summary): Verdict =>
    reading({ ...studyResult("bottleneck"), summary: of }).verdict;
  it("bottleneck: its two claims are read apart, and each verdict can be reached", () => {
    const cases = [
      nets(0.95, 0.9, 0.6, 0.6),
      nets(0.95, 0.95, 0.6, 0.8),
      nets(0.95, 0.95, 0.6, 0.6),
      nets(0.95, 0.95, 0.95, 0.95),
      nets(0.1, 0.1, 0.1, 0.1),
    ];
    expect(cases.map((of) => read(narrowing, of))).to.deep.equal([
      "holds",
      "holds within limits",
      "holds within limits",
      "not seen here",
      "not measurable here",
    ]);
    expect(cases.map((of) => read(compressing, of))).to.deep.equal([
      "holds within limits",
      "holds",
      "holds within limits",
      "not seen here",
      "not measurable here",
    ]);
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
  });
});
