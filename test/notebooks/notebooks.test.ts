import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { emptyExecution, ourKernel, plainTslab } from "./kernel.ts";
import { codeCells, runCells, shownText } from "./run-notebook.ts";
import { shorthandProblems } from "./shorthands.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(root, "notebooks");
/** What each notebook printed and showed. */
const shown = new Map<string, string>();
/** Lessons also run where a teacher has only tslab. */
const commands = isExhaustive ? [plainTslab, ourKernel] : [ourKernel];
const notebooks = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

interface Saved {
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly outputs?: readonly unknown[];
    readonly execution_count?: number | null;
  }[];
}

describe("the lessons, in a real kernel", () => {
  it("are there, and import this checkout", () => {
    expect(notebooks).to.include("01-the-same-classifier-twice.ipynb");
    const found = createRequire(join(folder, "package.json")).resolve("chalk-and-tape/package.json");
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
  });
});
