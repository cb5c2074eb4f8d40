import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { type CheckReport, formatReport, gradcheck } from "chalk-and-tape/gradcheck";
import { random } from "chalk-and-tape/np";
import { seedsToTry } from "../../exhaustive.ts";
import { activations } from "./activations.ts";
import { images } from "./images.ts";
import { linears } from "./linears.ts";
import { losses } from "./losses.ts";
import { networks } from "./networks.ts";
import { normalizations } from "./normalizations.ts";
import { ownPrograms } from "./own-programs.ts";
import { smallLayers } from "./small-layers.ts";

const catalogued = [
  ...linears,
  ...activations,
  ...losses,
  ...normalizations,
  ...images,
  ...smallLayers,
  ...networks,
];
const seeds = seedsToTry(0, 1, 2, 3, 4, 5, 6, 7);

function expectPass(report: CheckReport): void {
  const wrong = report.rows.filter(({ verdict }) => verdict !== "agree");
  expect(
    wrong.map(({ quantity }) => quantity),
    formatReport(report),
  ).to.deep.equal([]);
  expect(report.rows).to.not.be.empty;
}

describe("right programs that look unusual pass", function () {
  this.timeout(60_000);

  for (const { name, what, student, all } of catalogued) {
    it(`${name}: ${what}`, () => {
      for (const seed of seeds) expectPass(check(name, student, { quiet: true, seed }));
      if (all) for (const seed of seeds) expectPass(check(name, student, { quiet: true, seed, rows: "all" }));
    });
  }
  for (const { what, make, inputs } of ownPrograms) {
    it(`outside the catalogue: ${what}`, () => {
      for (const seed of seeds) {
        const xs = inputs?.(random(seed));
        expectPass(check(make(random(seed)), xs, { quiet: true, seed }));
        expectPass(check(() => make(random(seed)), xs, { quiet: true, seed }));
        if (xs) expectPass(gradcheck(make(random(seed)), xs, { quiet: true, seed }));
      }
    });
  }
  it("are at least 60", () => {
    expect(catalogued.length + ownPrograms.length).to.be.at.least(60);
  });
});
