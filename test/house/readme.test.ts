import { readFileSync } from "node:fs";
import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { Linear } from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const readme = read("README.md");

/** The fenced blocks of one language, in order. */
function blocks(language: string): string[] {
  const fences = [...readme.matchAll(/^```(\w*)\n(.*?)^```/gms)];
  return fences.filter(([, name]) => name === language).map((match) => match[2] as string);
}

/** The README's mistake: the bias's gradient averaged where it must be summed. */
class AveragedBias extends Linear {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dBias = dy.mean(0);
    return dx;
  }
}

describe("README", () => {
  it("shows Linear as it stands in the two files, line by line", () => {
    const [chalk, tape] = blocks("ts") as [string, string];
    const missing = (block: string, path: string): string[] => {
      const lines = read(path)
        .split("\n")
        .map((line) => line.trim());
      return block
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => !line.startsWith("//") && !lines.includes(line));
    };
    expect(missing(chalk, "manual/layers/linear.ts")).to.deep.equal([]);
    expect(missing(tape, "autograd/layers/linear.ts")).to.deep.equal([]);
    expect(chalk).to.include("backward(dy");
  });

  it("shows what a failing and a passing check really print", () => {
    const [failing, passing] = blocks("") as [string, string];
    // How large rounding errors are depends on who computes.
    const printed = (text: string): string =>
      text.trim().replace(/relative error [\d.e-]+/, "relative error …");
    expect(printed(formatReport(check("Linear", AveragedBias, { quiet: true })))).to.include(
      printed(failing),
    );
    expect(printed(formatReport(check("Linear", Linear, { quiet: true })))).to.include(printed(passing));
  });

  it("gives exactly two set-up commands", () => {
    const [commands] = blocks("sh") as [string];
    const lines = commands
      .trim()
      .split("\n")
      .map((line) => line.replace(/ +#.*/, ""));
    expect(lines).to.deep.equal(["npm ci && npm start", "npm ci && npm test"]);
  });

  it("and docs/speed.md tell what fusing buys, with the bounds that the bench judges", async () => {
    const { chalkAgainstTape } = await import(new URL("bench/report/goals.mjs", root).href);
    const [mlp, mlp512, lenet5, cifarNet] = Object.values<number>(chalkAgainstTape);
    expect(mlp512).to.equal(mlp);
    expect(readme).to.include(
      `at most ${mlp} times its time for \`Mlp\`, ${lenet5} for LeNet-5, ${cifarNet} for CifarNet`,
    );
    const section = read("docs/speed.md").split("## What fusing buys")[1] ?? "";
    const told = [...section.matchAll(/^\| (?:`Mlp`|LeNet-5|CifarNet), batch \d+ \| ([\d.]+) \|/gm)];
    expect(told.map(([, bound]) => Number(bound))).to.deep.equal([mlp, mlp512, lenet5, cifarNet]);
  });

  it("links only to files that exist", () => {
    const links = [...readme.matchAll(/(?:\]\(|href=")([^)"]+)/g)].map((match) => match[1] as string);
    const files = links.filter((to) => /\.\w+$/.test(to) && !to.startsWith("http"));
    expect(files.length).to.be.greaterThan(2);
    for (const file of files) expect(() => read(file), file).not.to.throw();
  });
});
