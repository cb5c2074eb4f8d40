import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { hw4 } from "#internal/grader";
import { type LayerUnderTest, practiceFile } from "#internal/homework";
import { submissionOf } from "./hw4-in-process.ts";

const { plant, scoreOfTest, strata, unusual } = hw4;
const root = fileURLToPath(new URL("../../../", import.meta.url));

describe("hw4, planted bugs", () => {
  it("are of twenty kinds, and five kinds of right layers are unusual; each has three variants or more", () => {
    expect(strata).to.have.lengthOf(20);
    expect(unusual).to.have.lengthOf(5);
    const all = [...strata, ...unusual];
    expect(new Set(all.map(({ id }) => id)).size).to.equal(25);
    for (const { id, variants } of all) expect(variants.length, id).to.be.at.least(3);
  });

  it("the reference judges every variant rightly", async () => {
    const text = readFileSync(join(root, "grader/hw4/source/hw4.ts"), "utf8");
    const judge = (await submissionOf(text)).gradientIsRight as (layer: LayerUnderTest) => boolean;
    for (const [kinds, isRight] of [
      [strata, false],
      [unusual, true],
    ] as const)
      for (const { id, variants } of kinds)
        for (const { what, layer } of variants)
          expect(judge(layer(np.random(4))), `${id}: ${what}`).to.equal(isRight);
  });

  it("come in an order and in variants that the seed decides", () => {
    const names = (seed: number): string =>
      plant(np.random(seed))
        .map(({ what }) => what)
        .join("|");
    expect(names(1)).to.equal(names(1));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => names(seed))).size).to.equal(50);
    const first = new Set(Array.from({ length: 50 }, (_, seed) => plant(np.random(seed))[0]?.kind));
    expect([...first].sort()).to.deep.equal(["bug", "twin", "unusual"]);
  });

  it("no title of theirs is in what a student gets", () => {
    const released = Array.from({ length: 20 }, (_, seed) => practiceFile(seed)).join("\n");
    const student = [
      "calls.ts",
      "remote-layer.ts",
      "planted-layer.ts",
      "practice/texts.ts",
      "practice/pool.ts",
    ]
      .map((name) => readFileSync(join(root, "homework/hw4", name), "utf8"))
      .join("\n");
    for (const { id, variants } of [...strata, ...unusual].filter(
      (one) => one.id !== "tiny" && one.id !== "kink",
    ))
      for (const { what } of variants) {
        expect(released + student, id).to.not.include(what);
        expect(readdirSync(join(root, "homework/hw4")).join()).to.not.include(id);
      }
  });

  it("a bug and its twin are the same layer but for backward, and the reference passes the twin", async () => {
    const text = readFileSync(join(root, "grader/hw4/source/hw4.ts"), "utf8");
    const judge = (await submissionOf(text)).gradientIsRight as (layer: LayerUnderTest) => boolean;
    for (const { id, variants } of strata)
      for (const { what, layer, twin } of variants) {
        const [bug, right] = [layer(np.random(6)), twin(np.random(6))];
        const x = np.random(7).normal(0, 1, [...bug.inputShape]);
        expect(right.forward(x).tolist(), `${id}: ${what}`).to.deep.equal(bug.forward(x).tolist());
        const names = (one: LayerUnderTest): readonly string[] => Object.keys(one.parameters);
        expect(names(right)).to.deep.equal(names(bug));
        expect(judge(twin(np.random(8))), `the twin of ${id}: ${what}`).to.equal(true);
      }
  });

  it("points: one for each pair of a bug and its twin up to 15, minus one for each false alarm", () => {
    const score = (missed: number, unusualAlarms: number, twinAlarms = 0) => {
      const left = { bug: missed, unusual: unusualAlarms, twin: twinAlarms };
      const judged = plant(np.random(2)).map((one) => {
        const isWronglyJudged = left[one.kind]-- > 0;
        return { ...one, isRight: (one.kind !== "bug") !== isWronglyJudged };
      });
      return scoreOfTest(judged);
    };
    const points = (...judged: Parameters<typeof score>): number => score(...judged).points;
    expect([points(0, 0), points(5, 0), points(6, 0), points(0, 2), points(8, 3)]).to.deep.equal([
      15, 15, 14, 13, 9,
    ]);
    expect([points(20, 0), points(20, 5), points(0, 5, 20)]).to.deep.equal([0, 0, 0]);
    expect(score(0, 0, 2)).to.deep.equal({ caught: 18, falseAlarms: 2, points: 13 });
    const throwing = plant(np.random(2)).map((one) => ({ ...one, isRight: null }));
    expect(scoreOfTest(throwing)).to.deep.equal({ caught: 0, falseAlarms: 25, points: 0 });
  });
});
