import { expect } from "chai";
import { type Case, cases, check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { Mlp, SGD, type SGD as SGDType } from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import { checkCase, checkCases } from "#internal/compare";
import { isExhaustive, seedsToTry } from "../exhaustive.ts";
import { wrongForwards, zoo } from "../zoo/index.ts";

describe("the case table", () => {
  const all = [...new Set(cases.map(({ name }) => name))];
  const names = isExhaustive ? all : all.filter((_, i) => i % 4 === 0);
  const isTried = ({ name }: Case): boolean => names.includes(name);
  // Seed 0 is the catalogue's, test/catalogue.
  for (const seed of seedsToTry(1, 2)) {
    it(`every row passes with seed ${seed}, and says for every gradient what each witness says, or why it is silent`, async () => {
      const report = await checkCases(names, { seed });
      expect(
        report.rows.filter((row) => row.verdict !== "agree"),
        formatReport(report),
      ).to.deep.equal([]);
      expect(report).to.include({ passed: report.rows.length, failed: 0, seed });
      for (const { name, what } of cases.filter(isTried))
        expect(report.rows.filter((row) => row.case === `${name}: ${what}`)).not.to.have.length(0);
      for (const { optimizer, large, name, what } of cases.filter(isTried)) {
        if (optimizer || large) continue;
        const gradients = report.rows.filter(
          (row) => row.case === `${name}: ${what}` && row.worst.manual !== undefined,
        );
        for (const { quantity, worst, silent = {} } of gradients)
          for (const w of ["autograd", "numerical", "symbolic", "precise"] as const)
            expect(
              worst[w] !== undefined || (silent[w] ?? "").length > 9,
              `${name} ${quantity} ${w}`,
            ).to.equal(true);
      }
    });
  }

  it("counts kinks: elements of a ReLU's input within a step of 0, and none where all is smooth", () => {
    const relu = cases.find(({ name }) => name === "ReLU") as Case;
    const near: Case = { ...relu, inputs: { x: (rng) => rng.uniform(1e-5, 4e-4, [4, 5]) } };
    const { rows, kinks } = checkCase(near);
    expect(kinks).to.equal(20);
    expect(rows.filter((row) => row.verdict !== "agree")).to.deep.equal([]);
    expect(checkCase(cases.find(({ name }) => name === "Tanh") as Case).kinks).to.equal(0);
  });

  it("refuses a row whose gradients are all 0: it would pass any backward", () => {
    const relu = cases.find(({ name }) => name === "ReLU") as Case;
    const { rows } = checkCase({ ...relu, inputs: { x: (rng) => rng.uniform(-2, -1, [3]) } });
    const x = rows.find((row) => row.quantity === "x");
    expect(x?.verdict).to.equal("vacuous");
    expect(x?.diagnosis).to.contain("any backward would pass");
  });

  it("repeats to the bit with one seed, and looks elsewhere with another", () => {
    const [a, b, c] = [0, 0, 1].map((seed) => check("Linear", LinearOf(), { seed, quiet: true }));
    expect(a).to.deep.equal(b);
    expect(a?.rows.map((row) => row.worst)).not.to.deep.equal(c?.rows.map((row) => row.worst));
  });
});

function LinearOf(): Parameters<typeof check>[1] {
  return zoo.find(({ id }) => id === "linear-db-averaged")?.student as Parameters<typeof check>[1];
}

describe("rounding in a large network", () => {
  /** The verdicts on Mlp's first weight, small row and large, for a gradient that is off by a share of itself. */
  function verdicts(share: number): Record<string, string> {
    const student = class extends Mlp {
      override backward(...given: Parameters<Mlp["backward"]>): NDArray {
        const dx = super.backward(...given);
        this.layer1.dWeight = this.layer1.dWeight?.mul(1 + share) ?? null;
        return dx;
      }
    };
    const { rows } = check("Mlp", student, { quiet: true, rows: "all" });
    const isLarge = new Map(cases.map((row) => [`${row.name}: ${row.what}`, row.large !== undefined]));
    const found = rows.filter(({ quantity }) => quantity === "layer1.weight");
    return Object.fromEntries(found.map((row) => [isLarge.get(row.case) ? "large" : "small", row.verdict]));
  }

  it("4e-12 of the largest element passes there, and not in a small one; 1e-10 passes nowhere", () => {
    expect(verdicts(0)).to.deep.equal({ large: "agree", small: "agree" });
    expect(verdicts(4e-12)).to.deep.equal({ large: "agree", small: "disagree" });
    expect(verdicts(1e-10)).to.deep.equal({ large: "disagree", small: "disagree" });
  });
});

describe("which wrong program would pass the check?", () => {
  // The zoo's wrong backwards are test/zoo's.
  for (const { name, what, student, expects } of wrongForwards) {
    const { quantity, says } = expects;
    it(`not ${name}, ${what}: ${quantity} catches it`, () => {
      const report = check(name, student, { quiet: true, rows: "all" });
      const caught = report.rows.filter((row) => row.verdict !== "agree" && row.quantity === quantity);
      expect(caught.map(({ diagnosis }) => diagnosis).join("\n"), formatReport(report)).to.match(
        new RegExp(says.source, "m"),
      );
    });
  }

  const nesterov = cases.find(({ what }) => what === "Nesterov and weight decay") as Case;
  for (const [what, change] of [
    ["the Nesterov term", { nesterov: false }],
    ["weight decay", { weightDecay: 0 }],
    ["momentum", { momentum: 0.8 }],
  ] as const)
    it(`not an optimizer that differs in ${what}`, () => {
      const right = { lr: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 };
      const build = nesterov.optimizer?.build as NonNullable<Case["optimizer"]>["build"];
      const manual = (p: ConstructorParameters<typeof SGD>[0]): SGDType =>
        new SGD(p, { ...right, ...change });
      const { rows } = checkCase({ ...nesterov, optimizer: { steps: 20, build: { ...build, manual } } });
      expect(rows.map((row) => [row.quantity, row.verdict])).to.deep.equal([
        ["weight after 20 steps", "disagree"],
        ["bias after 20 steps", "disagree"],
      ]);
      for (const row of rows) expect(row.diagnosis).to.contain("compare `step`");
    });

  it("and no steps at all is no agreement", () => {
    const build = nesterov.optimizer?.build as NonNullable<Case["optimizer"]>["build"];
    const { rows } = checkCase({ ...nesterov, optimizer: { steps: 0, build } });
    expect(rows.map((row) => row.verdict)).to.deep.equal(["vacuous", "vacuous"]);
  });

  it("an unknown name is refused with the nearest known one", async () => {
    const error = await checkCases(["Liner"]).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RangeError);
    expect(String(error)).to.contain('unknown name "Liner"').and.to.contain('Did you mean "Linear"?');
  });
});
