import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import * as programs from "./programs.ts";

const { madeBy, answers } = JSON.parse(
  readFileSync(join(root, "test/fixtures/torch/answers/programs.json"), "utf8"),
) as { readonly madeBy: string; readonly answers: Readonly<Record<string, readonly number[]>> };

describe(`programs as PyTorch users write them, against ${madeBy}`, () => {
  it("are the same five on both sides", () => {
    expect(Object.keys(answers).sort()).to.deep.equal(Object.keys(programs).sort());
  });
  for (const [name, run] of Object.entries(programs)) {
    it(`${name}: every loss, and what it computes at the end, to 1e-9`, () => {
      const found = run();
      const wanted = answers[name] ?? [];
      expect(found.length).to.equal(wanted.length);
      for (const [i, value] of wanted.entries())
        expect(found[i], `number ${i}`).to.be.closeTo(value, 1e-9 * Math.max(1, Math.abs(value)));
    });
  }
});
