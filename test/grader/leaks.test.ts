import { expect } from "chai";
import { editionOf, expectNothingHidden, variantOf } from "#internal/grader";
import { hw0, hw0Sources } from "./fixtures/hw0.ts";

describe("what an edition would give away", () => {
  const refuses = (files: Record<string, string>, message: RegExp): void => {
    expect(() => expectNothingHidden(files, hw0, hw0Sources)).to.throw(RangeError, message);
  };

  it("a hidden check's id, title and lines, each named with its file", () => {
    refuses({ "a.json": '{"needs": ["h2-secret-rate"]}' }, /^a\.json would .*hidden check h2-secret-rate/);
    refuses({ "README.md": "Later: safeRate: it is three quarters." }, /^README\.md .*the title/);
    refuses({ "b.ts": "  const farAway = np.array([12345, -54321]); // why" }, /^b\.ts .*the hidden line/);
  });

  it("a line of the solution, also where quotes are escaped", () => {
    refuses({ "hw0.ts": "    const decayed = this.W.mul(1 - lr * this.#decay);" }, /the line "const decayed/);
    refuses({ "hw0.ts": hw0Sources.code }, /the line "return x\.matmul\(W\.T\);"/);
    const notebook = (source: string[]): string => JSON.stringify({ cells: [{ source }] });
    refuses({ "hw0.ipynb": notebook(["x\n", "const largestRate = 0.75;\n"]) }, /the line "const largestRate/);
    refuses(
      {
        "hw0.ipynb": notebook(['width: "A wider layer has more weights to learn, and needs more samples.",']),
      },
      /the line "width/,
    );
  });

  it("not a line that the author gives: outside markers, as a prompt, in the notebook or out of order", () => {
    const given = [
      "if (lr < 0) throw new RangeError(",
      "Which of the two is transposed?",
      "const dx = dy.matmul(W);",
    ];
    expect(() => expectNothingHidden({ "a.ts": given.join("\n") }, hw0, hw0Sources)).to.not.throw();
    const notebook = `${hw0Sources.notebook}\n    const decayed = this.W.mul(1 - lr * this.#decay);\n`;
    expect(() => editionOf(hw0, { ...hw0Sources, notebook })).to.not.throw();
  });

  it("not a line that draws at random: public checks hold the same", () => {
    const sources = {
      ...hw0Sources,
      hidden: "const x = random.normal(0, 1, [3, 2]);\nconst { random } = examiner;\n",
    };
    expect(() => expectNothingHidden({ "a.ts": sources.hidden }, hw0, sources)).to.not.throw();
  });

  it("an id inside a longer word is another word", () => {
    expect(() => expectNothingHidden({ a: "h2-secret-rates" }, hw0, hw0Sources)).to.not.throw();
  });

  it("a student's variant is read too", () => {
    const assignment = { ...hw0.assignment, variant: () => ({ "variant.json": '["h2-secret-rate"]' }) };
    expect(() => variantOf({ ...hw0, assignment }, hw0Sources, 7)).to.throw(RangeError, /^variant\.json/);
  });
});
