import { readFileSync } from "node:fs";
import { expect } from "chai";
import { editionOf } from "#internal/grader";
import { hw0, hw0Sources } from "./fixtures/hw0.ts";
import { resultsOf } from "./grade-edition.ts";

const calls = "../../.build/test/grader/fixtures/hw0";

describe("the edition of a small assignment", () => {
  const edition = editionOf(hw0, hw0Sources);
  const code = edition["hw0.ts"] as string;

  it("has the student's file, the notebook, a README and the lines out of order", () => {
    expect(Object.keys(edition)).to.deep.equal(["hw0.ts", "hw0.ipynb", "README.md", "order.json"]);
    expect(edition["README.md"])
      .to.include("| 2 | backward | 2.5 | 4 |")
      .and.include("1 check runs only when");
  });

  it("earns nothing, and the reference everything", async () => {
    const shares = async (text: string): Promise<readonly number[]> =>
      (await resultsOf(hw0, text, calls)).map(({ share }) => share);
    expect(await shares(code)).to.deep.equal([0, 0, 0, 0]);
    expect(await shares(hw0Sources.code)).to.deep.equal([1, 1, 1, 1]);
  });

  it("says of a function that is not written what it is called", async () => {
    const [forward] = await resultsOf(hw0, code, calls);
    expect(forward?.advice?.where).to.match(/not written yet: forward/);
  });

  it("is the same when it is made again", () => {
    expect(editionOf(hw0, { ...hw0Sources, code: readFileSync(hw0Sources.codePath, "utf8") })).to.deep.equal(
      edition,
    );
  });

  it("has the files of a variant, by seed", () => {
    const assignment = { ...hw0.assignment, variant: (seed: number) => ({ "variant.json": `${seed}\n` }) };
    expect(editionOf({ ...hw0, assignment }, hw0Sources)["variant.json"]).to.equal("0\n");
  });
});
