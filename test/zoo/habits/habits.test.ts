import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { seedsToTry } from "../../exhaustive.ts";
import { drawnOnce } from "./drawn-once.ts";
import { memory } from "./memory.ts";
import { alternatingModes } from "./modes.ts";
import { unusedOptions } from "./options.ts";
import { rememberedTooLong } from "./remembered-too-long.ts";
import { anotherRhythm } from "./rhythm.ts";
import { sharedBetweenObjects } from "./shared-between-objects.ts";

const programs = [
  ...drawnOnce,
  ...rememberedTooLong,
  ...sharedBetweenObjects,
  ...anotherRhythm,
  ...unusedOptions,
  ...alternatingModes,
  ...memory,
];

describe("right formulas with wrong habits are caught by the basic rows", function () {
  this.timeout(60_000);

  for (const { kind, what, name, student, says } of programs) {
    it(`${kind}: ${name}, ${what}`, () => {
      for (const seed of seedsToTry(0, 1, 2, 3, 4, 5, 6, 7)) {
        const report = check(name, student, { quiet: true, seed });
        const wrong = report.rows.filter(({ verdict }) => verdict !== "agree");
        expect(wrong.map(({ diagnosis }) => diagnosis).join("\n"), formatReport(report)).to.match(says);
      }
    });
  }
});
