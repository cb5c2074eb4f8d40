import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import pLimit from "p-limit";
import { type Box, findWall, makeBox, NoWall, openTargets, type Targets, type Wall } from "#internal/grader";
import type { CheckResult } from "#internal/homework";
import { isExhaustive } from "../../exhaustive.ts";
import { skipUnless } from "../../skip.ts";
import { wrong } from "./attack.ts";
import { corpus } from "./corpus/index.ts";
import {
  type Outcome,
  passesNaively,
  placed,
  processesWith,
  runAttack,
  runHonest,
  succeedsWithoutWall,
  within,
} from "./run-attack.ts";
import { honest } from "./tiny/checks.ts";

const calls = fileURLToPath(new URL("./tiny/calls.js", import.meta.url));
const attacks = corpus.filter(({ slow }) => isExhaustive || !slow);

describe("attacks on the grader", () => {
  const outcomes = new Map<string, Outcome>();
  const later: (readonly CheckResult[])[] = [];
  let wall: Wall;
  let box: Box;
  let targets: Targets;
  let first: { readonly honest: readonly CheckResult[]; readonly files: ReadonlyMap<string, string> };

  before(async function () {
    this.timeout(600_000);
    wall = await wallOrSkip(this);
    box = await makeBox(`tiny${process.pid}`, calls);
    targets = await openTargets("/tmp");
    first = { honest: await runHonest(box, wall), files: filesOf(box.folder) };
    const limit = pLimit(4);
    await Promise.all(
      attacks.map((attack, i) =>
        limit(async () => {
          outcomes.set(attack.name, await runAttack(attack, box, wall, targets));
          if (isExhaustive || i % 12 === 0) later.push(await runHonest(box, wall));
        }),
      ),
    );
  });
  after(() => {
    targets?.close();
    box?.remove();
  });

  it("has at least 30 attacks, each with a name of its own", () => {
    expect(new Set(corpus.map(({ name }) => name)).size).to.equal(corpus.length);
    expect(corpus.length).to.be.at.least(30);
  });

  it("gives a right answer both points, and a wrong one none", async () => {
    expect(first.honest.map(({ share }) => share)).to.deep.equal([1, 1]);
    for (const [text, passes] of [
      [honest, true],
      [wrong, false],
    ] as const) {
      const file = join(await placed(text, box, {}), `${box.assignment}.mjs`);
      expect(passesNaively(file, box), "the grader in one process").to.equal(passes);
    }
  });

  for (const { name, ends } of attacks)
    it(`${name}: no point, no trace`, () => {
      const { results, noise, seconds, hasWritten } = outcomes.get(name) as Outcome;
      expect(results.map(({ share }) => share).filter((share) => share > 0)).to.deep.equal([]);
      expect(`${results[0]?.cause}`, results[0]?.advice?.where).to.match(ends);
      expect(hasWritten, "its marker").to.equal(false);
      expect(seconds).to.be.below(60);
      for (const { advice } of results)
        expect(`${noise} ${advice?.where} ${advice?.what}`).not.to.include("the course's secret");
    });

  it("reached nothing on the grader's side", () => {
    expect(targets.seen()).to.deep.equal({ write: 0, signal: 0, udp: 0, connections: 0 });
    expect(readFileSync(targets.target.secret, "utf8")).to.equal("the course's secret");
    expect(readdirSync(dirname(targets.target.secret))).to.deep.equal(["secret"]);
  });

  it("left no process behind", async () => {
    const words = [`program/${box.assignment}/`, dirname(targets.target.secret)];
    await within(5, () => processesWith(words).length === 0);
    expect(processesWith(words)).to.deep.equal([]);
  });

  it("changed no file of the box", () => {
    expect(filesOf(box.folder)).to.deep.equal(first.files);
  });

  it("left the next submission's score as it was", () => {
    expect(later.length).to.be.at.least(3);
    for (const results of later) expect(results).to.deep.equal(first.honest);
  });

  for (const attack of attacks.filter(({ control }) => control))
    it(`control: ${attack.name} succeeds without a wall`, async () => {
      expect(await succeedsWithoutWall(attack, box)).to.equal(true);
    });
});

async function wallOrSkip(context: Mocha.Context): Promise<Wall> {
  try {
    return await findWall();
  } catch (error) {
    if (!(error instanceof NoWall)) throw error;
    skipUnless(context, false, `a wall (${error.message})`);
    throw error;
  }
}

/** Hashes of the box's own files, without the folders of submissions. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = ["node_modules", "program", "work", "package.json"].flatMap((part) => {
    const path = join(folder, part);
    if (!statSync(path).isDirectory()) return [part];
    return (readdirSync(path, { recursive: true }) as string[]).map((name) => join(part, name));
  });
  return new Map(
    names.map((name) => {
      const path = join(folder, name);
      const content = statSync(path).isDirectory() ? "a folder" : readFileSync(path);
      return [name, createHash("sha256").update(content).digest("hex")];
    }),
  );
}
