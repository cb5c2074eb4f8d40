import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runStudy, studyNamed, studyResult } from "chalk-and-tape/studies";
import { Journal } from "#internal/studies";
import { commandRunner } from "../cli/run.ts";

const run = commandRunner();
const scratch = (): string => mkdtempSync(join(tmpdir(), "chalk-and-tape-study-"));

describe("chalk-and-tape study", () => {
  it("alone: a line for each study", async () => {
    const { status, stdout, stderr } = await run(["study"]);
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.match(/^circles +Can one hidden layer/m);
  });

  it("finished seeds are not run again, and pictures and slides are written", async () => {
    const out = scratch();
    const { summary, options } = studyResult("circles");
    const lines = [0, 1].map((seed) =>
      JSON.stringify({
        seed,
        options,
        seconds: 1,
        row: Object.fromEntries(Object.entries(summary).map(([name, { values }]) => [name, values[seed]])),
      }),
    );
    mkdirSync(join(out, "a"));
    writeFileSync(join(out, "a", "circles.jsonl"), `${lines.join("\n")}\n`);
    const args = [
      "study",
      "circles",
      "--seeds",
      "2",
      "--json",
      "--out",
      join(out, "a"),
      "--slides",
      join(out, "b"),
    ];
    const { status, stdout, stderr } = await run(args);
    expect(status, stderr).to.equal(0);
    expect(stderr).to.not.contain("seed 0:");
    const result = JSON.parse(stdout);
    expect(result.summary["3 tanh"].values).to.deep.equal(summary["3 tanh"]?.values.slice(0, 2));
    expect(readdirSync(join(out, "a")).sort()).to.deep.equal([
      "circles-1.svg",
      "circles.json",
      "circles.jsonl",
    ]);
    const slide = readFileSync(join(out, "b", "circles-1.svg"), "utf8");
    expect(slide).to.contain('viewBox="0 0 1600 900"').and.to.contain("npx chalk-and-tape study circles");
  });

  it("another data set: its own files, and the options that it changes", async () => {
    const out = scratch();
    const study = studyNamed("relu-on-logits");
    const { summary } = studyResult("relu-on-logits");
    const row = Object.fromEntries(Object.entries(summary).map(([name, { median }]) => [name, median]));
    const options = { ...study.options, dataset: "mnist", ...study.otherDatasets?.mnist?.options };
    const journal = JSON.stringify({ seed: 0, options, seconds: 1, row });
    writeFileSync(join(out, "relu-on-logits.mnist.jsonl"), journal);
    const args = ["study", "relu-on-logits", "--seeds", "1", "--dataset", "mnist", "--out", out];
    const { status, stderr } = await run([...args, "--slides", join(out, "slides")]);
    expect(status, stderr).to.equal(0);
    expect(readdirSync(out).sort()).to.deep.equal([
      "relu-on-logits.mnist-1.svg",
      "relu-on-logits.mnist.json",
      "relu-on-logits.mnist.jsonl",
      "slides",
    ]);
    const slide = readFileSync(join(out, "slides", "relu-on-logits.mnist-1.svg"), "utf8");
    expect(slide).to.contain("20,000 images of MNIST").and.to.contain("study relu-on-logits --dataset mnist");
  });

  it("wrong words end with status 2", async () => {
    for (const args of [
      ["study", "circle"],
      ["study", "circles", "--seeds", "0"],
      ["study", "circles", "--dataset", "mnist"],
    ]) {
      const { status, stderr } = await run(args);
      expect([status, stderr.split("\n").at(-2)?.slice(0, 6)], args.join(" ")).to.deep.equal([2, "error:"]);
    }
  });
});

describe("a journal", () => {
  it("loses only the line that was being written", async () => {
    const journal = new Journal(join(scratch(), "x.jsonl"));
    const study = studyNamed("sawtooth");
    const options = { teeth: [2], steps: 2 };
    const whole = await runStudy(study, { seeds: 3, options, journal });
    const text = readFileSync(journal.path, "utf8");
    writeFileSync(journal.path, text.slice(0, text.lastIndexOf("{", text.lastIndexOf('{"seed"')) + 20));
    const again: number[] = [];
    const result = await runStudy(study, { seeds: 3, options, journal, onSeed: (seed) => again.push(seed) });
    expect(again).to.deep.equal([2]);
    expect(result.summary).to.deep.equal(whole.summary);
    expect([...journal.entries({ ...study.options, ...options }).keys()]).to.deep.equal([0, 1, 2]);
  });

  it("does not take seeds that were run with other options", async () => {
    const journal = new Journal(join(scratch(), "x.jsonl"));
    const study = studyNamed("sawtooth");
    await runStudy(study, { seeds: 1, options: { teeth: [2], steps: 2 }, journal });
    appendFileSync(journal.path, "not JSON\n");
    const again: number[] = [];
    await runStudy(study, {
      seeds: 1,
      options: { teeth: [2], steps: 3 },
      journal,
      onSeed: (seed) => again.push(seed),
    });
    expect(again).to.deep.equal([0]);
  });
});
