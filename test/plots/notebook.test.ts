import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { differenceCurves, picture, toSvg } from "chalk-and-tape/plots";
import { epochs } from "./sample-runs.ts";

describe("plots: picture", () => {
  const kernel = globalThis as { __tslab__?: unknown };
  afterEach(() => {
    delete kernel.__tslab__;
  });

  it("is a line of text outside a notebook", async () => {
    expect(picture(await toSvg(differenceCurves(epochs(2))))).to.match(
      /^\[Largest difference.* SVG, \d+ × \d+; /,
    );
    expect(picture("<svg></svg>")).to.contain("picture SVG, ? × ?");
  });

  it("is displayed by tslab's kernel inside one, and then returns nothing to print", () => {
    const shown: string[] = [];
    kernel.__tslab__ = {
      require: (name: string) => ({ display: { svg: (svg: string) => shown.push(`${name} ${svg}`) } }),
    };
    expect(picture("<svg/>")).to.equal(undefined);
    expect(shown).to.deep.equal(["tslab <svg/>"]);
  });
});

describe("plots: the package entry", () => {
  it("loads by require, though vega itself has a top-level await", () => {
    const script = 'process.stdout.write(typeof require("chalk-and-tape/plots").compareReport)';
    expect(execFileSync(process.execPath, ["--no-warnings", "-e", script], { encoding: "utf8" })).to.equal(
      "function",
    );
  });
});
