import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import { lessonCells } from "./authoring/lesson-source.ts";
import { notebookFile } from "./authoring/notebook-file.ts";
import type { Output } from "./kernel.ts";
import { lessonProblems } from "./lesson-rules.ts";
import { codeOf, type Lesson, lessons, lessonsFolder, notebookNames, sourceNames } from "./lessons.ts";
import { masked, shownBy } from "./outputs.ts";
import { shorthandProblems } from "./shorthands.ts";

describe("the lessons", () => {
  it("import this checkout", () => {
    const found = createRequire(join(lessonsFolder, "package.json")).resolve("chalk-and-tape/package.json");
    expect(realpathSync(found), "run `npm ci` to link it").to.equal(realpathSync(join(root, "package.json")));
  });

  for (const name of notebooks) {
    const text = readFileSync(join(folder, name), "utf8");

    it(`${name} is saved without outputs: they would answer "predict, then run"`, () => {
      const { metadata, cells } = JSON.parse(text) as Saved;
      expect(metadata.kernelspec.name).to.equal("tslab");
      for (const { id, cell_type, outputs, execution_count } of cells) {
        expect(id).to.match(/^[\w-]{1,64}$/);
        if (cell_type === "code") expect([id, outputs, execution_count]).to.deep.equal([id, [], null]);
      }
      expect(new Set(cells.map(({ id }) => id)).size).to.equal(cells.length);
    });

    it(`${name} has no shorthand properties across cells: plain tslab cannot run them`, () => {
      expect(shorthandProblems(codeCells(text)).join("\n")).to.equal("");
    });

    for (const command of commands) {
      it(`${name} runs from top to bottom in ${command.name}`, async () => {
        const reports = await runCells(codeCells(text), folder, { command });
        shown.set(name, reports.map(({ execution }) => shownText(execution ?? emptyExecution(""))).join(""));
        expect(reports).to.not.have.length(0);
        const wrong = reports.filter(({ verdict }) => verdict !== "passed");
        expect(
          wrong.map(({ cell, verdict, why, code }) => `cell ${cell} ${verdict}: ${why}\n${code}`).join("\n"),
        ).to.equal("");
      });
    }
  }

  it("lesson 00 shows what it says: by hand, tape and finite difference agree, half a sigmoid is caught", () => {
    const said = shown.get("00-for-those-who-know-numpy.ipynb") ?? "";
    expect(said.match(/^(dx|∂L\/∂[wb]: by hand, [a-z ]+?) +\(.*\) +(exact|approximate) /gm)).to.have.length(
      5,
    );
    expect(said)
      .to.match(/L 0\.693\d+ {3}dp -2 {3}dz -0\.5 {3}dw -1 {3}db -0\.5$/m)
      .and.to.match(/✗ x \(4, 5\): disagree\n.*\n +dx is dy · y$/m)
      .and.not.to.match(/write dy/);
  });

  it("lesson 01 shows what it says: two networks, each the same on both sides; update adds; the broken class is caught", () => {
    const said = shown.get("01-the-same-classifier-twice.ipynb") ?? "";
    const numbers = (pattern: RegExp) => [...said.matchAll(pattern)].map(([, number]) => Number(number));
    expect(numbers(/= (\d+) numbers to learn$/gm)).to.deep.equal([261, 41]);
    expect(said.match(/^(layer|relu)\d .* exact +0$/gm)).to.have.length(7);
    expect(said.match(/^(chalk, |dW\d, |loss +\().* (exact|approximate) /gm)).to.have.length(7);
    const apart = numbers(/apart (\S+)$/gm);
    expect(apart).to.have.length(4);
    for (const one of apart) expect(one).to.be.at.most(1e-12);
    const [chalk = 0, tape = 0] =
      /accuracy: chalk (\S+) {2}tape (\S+)/.exec(said)?.slice(1).map(Number) ?? [];
    expect([chalk, tape]).to.satisfy(([a, b]: number[]) => a === b && Number(a) >= 0.95);
    const losses = numbers(/^step \d+: loss (\S+), accuracy/gm);
    expect(losses).to.have.length(10);
    const [climb, descent] = [losses.slice(0, 5), losses.slice(5)];
    expect(climb).to.deep.equal(climb.toSorted((a, b) => a - b));
    expect(descent).to.deep.equal(descent.toSorted((a, b) => b - a));
    expect(said)
      .to.match(/same text\? true/)
      .and.to.match(/✗ bias \(3,\): disagree/);
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

  it("lesson 02 shows what it says: parameters, exact steps and an approximate fusion, both cliffs, four targets", () => {
    const said = shown.get("02-mnist.ipynb") ?? "";
    expect(said)
      .to.match(/layer 1 holds 92\.2 % of them/)
      .and.to.match(/It is: 218058\./)
      .and.to.match(/It is: -583\./)
      .and.to.match(/It is: approximate\./)
      .and.to.match(/float32, target 1: NaN from 17$/m)
      .and.to.match(/float64, target 0: NaN from 37$/m)
      .and.to.match(/It is: 37\./)
      .and.to.match(/^ +3 .*8\d\.\d\d? %/m)
      .and.to.match(/dx is softmax\(x\), without − the one-hot target/);
    expect(said.match(/^d [\w ]+\(4, \d+\) +exact +0$/gm)).to.have.length(8);
    expect(said.match(/^(index|one-hot), \w+ +1\.067$/gm)).to.have.length(3);
    expect(said).to.match(/^one-hot, integer +✗ .*target is one-hot/m);
    expect(said.match(/^✓ /gm)).to.have.length.at.least(6);
  });

  it("lesson 09 shows what it says: mistakes told apart, the layer named, zeros caught, second derivatives", () => {
    const said = shown.get("09-checking-gradients.ipynb") ?? "";
    expect(said)
      .to.match(/dWeight is the transpose of the right one/)
      .and.to.match(/backward ignores the dy it receives/)
      .and.to.match(/at layer2 \(Half\) dy agrees, dx does not/)
      .and.to.match(/✗ softmax with zeros/)
      .and.to.match(/d²\/dx² x³ at 3: 18$/m)
      .and.to.match(/dBias is the right one divided by 4 = N, the batch/)
      .and.to.match(/✗ softmax$/m);
    const largest = [...said.matchAll(/for dy = ones, largest element: +(\S+)$/gm)].map(([, x]) => Number(x));
    expect(largest).to.have.length(2);
    for (const one of largest) expect(one).to.be.below(1e-15);
    const [, trueError = ""] = /^true error (\S+)$/m.exec(said) ?? [];
    expect(Number(trueError)).to.be.below(1e-12);
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
