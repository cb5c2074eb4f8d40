import { execFileSync, spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { command, commandRunner } from "./run.ts";

const run = commandRunner();
const moons = ["compare", "--dataset", "moons", "--epochs", "2", "--limit", "64"];

describe("chalk-and-tape compare", () => {
  it("prints plain lines: a heading, a line per epoch, a verdict; and writes report/", async () => {
    const { status, stdout, stderr, left } = await run(moons);
    expect([status, stderr, left]).to.deep.equal([0, "", ["report"]]);
    const lines = stdout.split("\n");
    expect(lines[0]).to.match(
      /^MlpClassifier \(261 parameters\) on 64 moons: adam, lr 0.01, batch 32, float64, seed 0$/,
    );
    for (const epoch of [1, 2])
      expect(lines[2 + epoch]).to.match(
        new RegExp(`^ +${epoch}( +\\d\\.\\d{5}){4}( +\\d+\\.\\d\\d %){2} .*\\d`),
      );
    expect(lines[5]).to.match(/^✓ Chalk and tape agree over 4 steps/);
    expect(lines[6]).to.match(
      /^ {2}Time of forward and backward: chalk \d+\.\d\d s, tape \d+\.\d\d s; of the updates: chalk \d+\.\d\d s, tape \d+\.\d\d s; by hand /,
    );
    expect(stdout).to.contain(`Report: ${join("report", "compare.html")}`);
    expect(stdout).not.to.contain("\u001b").and.not.to.contain("\r");
  });

  it("--json: one document on stdout, everything else on stderr, nothing written", async () => {
    const { status, stdout, stderr, left } = await run([...moons, "--json"]);
    expect([status, left]).to.deep.equal([0, []]);
    const result = JSON.parse(stdout);
    expect(result).to.have.all.keys([
      "dataset",
      "model",
      "parameters",
      "dtype",
      "engine",
      "seed",
      "epochs",
      "agree",
    ]);
    expect(result.epochs).to.have.length(2);
    expect(stderr).to.contain("✓ Chalk and tape agree").and.to.contain("261 parameters");
    expect(stderr).not.to.contain("\u001b").and.not.to.contain("\r");
  });

  it("without --dataset: an array of two, moons and digits", async () => {
    const { status, stdout } = await run(["compare", "--limit", "64", "--epochs", "1", "--json"]);
    const results = JSON.parse(stdout);
    expect([status, results.map((r: { dataset: string }) => r.dataset)]).to.deep.equal([
      0,
      ["moons", "digits"],
    ]);
    for (const { agree, epochs } of results) expect([agree, epochs.length]).to.deep.equal([true, 1]);
  });

  it("float32 says so, and shows how far the free runs drift", async () => {
    const { status, stdout } = await run([...moons, "--json", "--dtype", "float32"]);
    const { dtype, agree, epochs } = JSON.parse(stdout);
    expect([status, dtype, agree]).to.deep.equal([0, "float32", true]);
    expect(epochs[1].maxWeightDifference).to.be.above(0).and.below(1e-4);
  });

  it("--report DIR writes compare.html and nothing else; the page needs nothing else", async () => {
    const { status, stdout, left, folder } = await run([...moons, "--json", "--report", "a/b"]);
    expect([status, left, await readdir(join(folder, "a/b"))]).to.deep.equal([0, ["a"], ["compare.html"]]);
    expect(JSON.parse(stdout).agree).to.equal(true);
    const page = await readFile(join(folder, "a/b/compare.html"), "utf8");
    expect(page)
      .to.match(/^<!doctype html>/i)
      .and.to.contain("--dataset moons --model MlpClassifier --epochs 2");
    expect(page).not.to.match(/<script|<link|src="(?!data:)|url\((?!data:|#)|@import/);
    expect(page.match(/<svg/g)?.length).to.be.at.least(5);
  });

  it("--no-report writes nothing", async () => {
    expect((await run([...moons, "--no-report"])).left).to.deep.equal([]);
  });

  it("numbers that leave the finite ones: status 1, ✗, the place named, valid JSON", async () => {
    const { status, stdout, stderr, left } = await run([...moons, "--lr", "1e300", "--json"]);
    expect([status, left]).to.deep.equal([1, []]);
    const { agree, epochs } = JSON.parse(stdout);
    expect(agree).to.equal(false);
    expect(epochs.length).to.be.within(1, 2);
    expect(stderr).to.match(/✗ Chalk and tape do not agree: .* at (step|the end|the test).* of|after epoch/);
    const written = await run([...moons, "--lr", "1e300", "--report", "r"]);
    expect([written.status, written.left]).to.deep.equal([1, ["r"]]);
  });

  it("a reader that stops early, as head does, is no crash", async () => {
    const { stderr } = await run(moons, { onStart: (child) => child.stdout?.destroy() });
    expect(stderr).to.equal("");
  });

  it("on a terminal a bar is drawn on stderr, and removed", function () {
    if (process.platform !== "linux" || spawnSync("script", ["--version"]).error) {
      console.log("        pending: needs `script` of util-linux for a terminal");
      this.skip();
    }
    const line = `"${process.execPath}" "${command}" ${moons.join(" ")} --no-report`;
    const shown = execFileSync("script", ["-qec", `${line} >/dev/null`, "/dev/null"], { encoding: "utf8" });
    expect(shown)
      .to.match(/=+-* \d+ % {2}epoch 1 of 2, loss \d\.\d{4}/)
      .and.to.contain("\u001b[");
  });
});

describe("chalk-and-tape gradcheck", () => {
  it("Linear --json: DESIGN's document, all agreeing", async () => {
    const { status, stdout, stderr, left } = await run(["gradcheck", "Linear", "--json"]);
    expect([status, stderr, left]).to.deep.equal([0, "", []]);
    const report = JSON.parse(stdout);
    expect(report).to.include({ failed: 0, kinks: 0 }).and.to.have.property("passed", report.rows.length);
    for (const row of report.rows) {
      expect(row).to.include.keys([
        "case",
        "quantity",
        "shape",
        "maxAbsolute",
        "maxRelative",
        "verdict",
        "worst",
      ]);
      if (row.shape.includes(0)) continue; // no samples, no values
      const { silent } = row; // rows in float32 have no differences, and say why
      const said = { ...row.worst, ...silent };
      expect(said).to.include.all.keys(["index", "manual", "autograd", "numerical"]);
      expect(row.case).to.match(/^Linear: /);
      expect(row.verdict).to.equal("agree");
    }
    const weight = report.rows.find((row: { quantity: string }) => row.quantity === "weight");
    expect(weight.shape).to.deep.equal([3, 5]);
    expect(weight.worst.manual).to.be.closeTo(weight.worst.numerical, 1e-7);
  });

  it("names: only their rows, as a table with a verdict and the seed", async () => {
    const { status, stdout } = await run(["gradcheck", "ReLU", "Adam", "--seed", "7"]);
    expect(status).to.equal(0);
    const titles = stdout.split("\n").flatMap((line) => /^✓ (\w+): /.exec(line)?.[1] ?? []);
    expect(new Set(titles)).to.deep.equal(new Set(["ReLU", "Adam"]));
    expect(stdout).to.match(/\d+ checks passed.* \(seed 7\)\n$/);
  });
});
