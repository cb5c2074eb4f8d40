import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import { codeOf, lessonCells } from "./authoring/lesson-source.ts";
import { notebookFile } from "./authoring/notebook-file.ts";
import type { Output } from "./kernel.ts";
import { lessonProblems } from "./lesson-rules.ts";
import { type Lesson, lessons, lessonsFolder, notebookNames, sourceNames } from "./lessons.ts";
import { masked, outputDifference, shownBy } from "./outputs.ts";
import { shorthandProblems } from "./shorthands.ts";

describe("the lessons", () => {
  it("import this checkout", () => {
    const found = createRequire(join(lessonsFolder, "package.json")).resolve("chalk-and-tape/package.json");
    expect(realpathSync(found), "run `npm ci` to link it").to.equal(realpathSync(join(root, "package.json")));
  });
  it("have a source and a notebook each", () => {
    expect(notebookNames, "run npm run lessons").to.deep.equal(sourceNames);
    expect(sourceNames).to.include("01-the-same-classifier-twice");
  });
  for (const lesson of lessons) {
    it(`${lesson.name} is what its source says, with outputs, and has what every lesson has`, () => {
      expect(lessonProblems(lesson).join("\n")).to.equal("");
    });
    it(`${lesson.name} has no shorthand properties across cells: plain tslab cannot run them`, () => {
      expect(shorthandProblems(codeOf(lesson.cells).map(({ text }) => text)).join("\n")).to.equal("");
    });
  }
});

describe("the rules of lessons themselves", () => {
  const ask = (id: string, guess: string): string =>
    `\`\`\`typescript ask-${id}\npredict("${id}", "How many, a or b?", ${guess}, { unit: "s" })\n\`\`\`\n`;
  const texts = Array.from(
    { length: 4 },
    (_, i) => `Text.\n\n\`\`\`typescript cell-${i}\n${i} + 1\n\`\`\`\n`,
  );
  const source = (...more: readonly string[]): string =>
    [...texts, ...more, "```typescript predictions\npredictions()\n```\n"].join("\n");
  const good = source(ask("a", "1 /* example guess */"), ask("b", '"b" /* example guess */'));
  const output: Output = { output_type: "stream", name: "stdout", text: "2" };
  const lesson = (markdown: string, outputs: readonly Output[] = [output]): Lesson => {
    const cells = lessonCells(markdown, "made-up.md");
    return { name: "L", cells, ipynb: notebookFile(cells, () => outputs) };
  };

  it("pass a lesson that keeps them", () => {
    expect(lessonProblems(lesson(good))).to.deep.equal([]);
  });
  it("name a guess without its mark, and a lesson with one prediction only", () => {
    const wrong = source(ask("a", "1 /* example guess */"), ask("b", "-2 /* my guess */"));
    expect(lessonProblems(lesson(wrong))).to.deep.equal([
      "L: write -2 /* my guess */ /* example guess */, so that the student's copy has none",
    ]);
    expect(lessonProblems(lesson(source(ask("a", "1 /* example guess */"))))).to.deep.equal([
      "L: 1 calls of predict, expected two or more",
    ]);
  });
  it("name a lesson that is too long, ends otherwise, or was never run", () => {
    const long = source(ask("a", "1 /* example guess */"), ask("b", "2 /* example guess */"), ...texts.map((text) => text.replace("cell", "more")), ...texts.map((text) => text.replace("cell", "rest"))); // biome-ignore format: one line
    expect(lessonProblems(lesson(long))).to.deep.equal(["L: 27 cells, expected 10 to 25"]);
    expect(lessonProblems(lesson(good.replace("predictions()", "2")))).to.deep.equal([
      "L: its last code cell is not predictions()",
    ]);
    expect(lessonProblems(lesson(good, []))).to.deep.equal(["L: it has no outputs; run npm run lessons"]);
  });
  it("name a cell that is not what its source says, and one that is missing", () => {
    const { cells } = lesson(good);
    const { ipynb } = lesson(good.replace("0 + 1", "0 + 2"));
    expect(lessonProblems({ name: "L", cells, ipynb })).to.deep.equal([
      "L: cell cell-0 is not what its source says; run npm run lessons",
    ]);
    const shorter = { name: "L", cells, ipynb: lesson(source(ask("a", "1"))).ipynb };
    expect(lessonProblems(shorter).join()).to.match(/the source has .*ask-b/);
  });
  it("name a notebook of 1 MB", () => {
    const large: Output = { ...output, text: "x".repeat(2 ** 20) };
    expect(lessonProblems(lesson(good, [large]))).to.deep.equal(["L: 1 MB or more"]);
  });
});

describe("the comparison of outputs itself", () => {
  const text = (shown: string): Output => ({ output_type: "stream", name: "stdout", text: shown });

  it("passes other digits, signs and blanks", () => {
    const [mine, theirs] = ["loss 0.6931, [ 1.,  2.5]\n-3e-17", "loss 12, [1., -2.50]\n0"];
    expect(masked(mine)).to.equal(masked(theirs));
    expect(masked("──── 1")).to.equal(masked("─────── 2"));
  });
  for (const [mine, theirs] of [
    ["exact", "different"],
    ["✓ Linear", "✗ Linear"],
    ["holds", "not seen here"],
    ["loss NaN", "loss 0.5"],
    ["[1, 2]", "[1, 2, 3]"],
    ["true", "false"],
  ] as const)
    it(`sees ${mine} for ${theirs}`, () => {
      expect(masked(mine)).to.not.equal(masked(theirs));
    });
  it("says where two outputs begin to differ", () => {
    expect(outputDifference([text("loss 1: exact")], [text("loss 2: exact")])).to.equal("");
    expect(outputDifference([text("loss 1: exact")], [text("loss 2: different")])).to.equal(
      "now it shows\nstdout: loss 0: exact\nand committed is\nstdout: loss 0: different",
    );
    expect(outputDifference([text("1")], [text("1"), text("2")])).to.match(/^now it shows\n/);
  });
  it("sees an output more, another format, and a missing picture", () => {
    const picture = (type: string): Output => ({
      output_type: "display_data",
      data: { [type]: "<svg/>" },
      metadata: {},
    });
    expect(shownBy([text("1"), text("1")])).to.not.deep.equal(shownBy([text("1")]));
    expect(shownBy([picture("image/svg+xml")])).to.not.deep.equal(shownBy([picture("text/html")]));
    expect(shownBy([picture("image/svg+xml")])).to.not.deep.equal(shownBy([]));
  });
});
