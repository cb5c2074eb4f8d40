import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { hintsFor, levelFor, nextLevel, readHints, recordHint } from "#internal/homework";
import { scratch } from "./submission.ts";

const advice = { where: "3 elements are wrong", what: "it is the transpose", cure: "remove the .T" };

describe("hints", () => {
  it("go from where to what to the cure, and end there", () => {
    expect(nextLevel(advice, "where")).to.equal("what");
    expect(nextLevel(advice, "what")).to.equal("cure");
    expect(nextLevel(advice, "cure")).to.equal(null);
  });

  it("leave out a level that says nothing new", () => {
    expect(nextLevel({ ...advice, what: advice.where }, "where")).to.equal("cure");
    expect(nextLevel({ where: "x", what: "x", cure: "" }, "where")).to.equal(null);
  });

  it("are recorded beside the student's file, and never fall below the assignment's level", () => {
    const { folder, remove } = scratch();
    const file = join(folder, "hw3.ts");
    expect(hintsFor(file, "hw3")).to.deep.equal([]);
    recordHint(file, "hw3", { check: "a", level: "what", at: "2026-01-01T00:00:00Z" });
    appendFileSync(join(folder, "hw3.hints.jsonl"), "not a hint\n{}\n");
    expect(hintsFor(file, "hw3").map(({ check, level }) => [check, level])).to.deep.equal([["a", "what"]]);
    const taken = hintsFor(file, "hw3");
    expect([
      levelFor("a", "where", taken),
      levelFor("b", "where", taken),
      levelFor("a", "cure", taken),
    ]).to.deep.equal(["what", "where", "cure"]);
    remove();
  });

  it("are read from a file that anybody may have written", () => {
    expect(
      readHints('null\n[]\n"x"\n{"check":1,"level":"what","at":"t"}\n{"check":"a","level":"all","at":"t"}\n'),
    ).to.deep.equal([]);
  });
});
