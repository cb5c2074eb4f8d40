import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { DataError } from "chalk-and-tape/np";
import {
  courseSecret,
  type GradedAssignment,
  type GradeOptions,
  type Ground,
  gradeAll,
  isIn,
  Parser,
  type RunSummary,
  readJournal,
  readResults,
  type SubmissionResult,
  seedOf,
  shardFrom,
  WallBroken,
  warningAboutSecret,
} from "#internal/grader";
import { type Check, compile, type Examiner, NotGradable, noEnums } from "#internal/homework";
import { skipUnless } from "../skip.ts";
import { handed, probes, Scratch, secret, texts, tiny, tinyGround } from "./tiny.ts";

function refusal(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error("it was not refused"),
    (error: Error) => error,
  );
}

describe("a grading run", function () {
  this.timeout(60_000);
  const scratch = new Scratch();
  let ground: Ground & { remove(): void };
  before(async () => {
    ground = await tinyGround();
  });
  after(() => {
    ground?.remove();
    scratch.remove();
  });
  const grade = (out: string, more: Partial<GradeOptions>): Promise<RunSummary> =>
    gradeAll({ graded: tiny, submissions: [], out: scratch.path(out), secret, ground, jobs: 2, ...more });
  const resultOf = (out: string, student: string): SubmissionResult =>
    readResults(scratch.path(out)).find((one) => one.student === student) as SubmissionResult;

  it("stops what hangs, and goes on", async () => {
    const submissions = [handed("hangs", texts.hangs.text), handed("later", "export const x = 1;")];
    await grade("hangs", { submissions, seconds: 2, jobs: 1 });
    const causes = (student: string) => resultOf("hangs", student).checks.map(({ cause }) => cause);
    expect(causes("hangs")).to.deep.equal(["time", "skipped", "time"]);
    expect(readResults(scratch.path("hangs"))).to.have.length(2);
  });

  it("keeps results and sources from other users of the computer, also in a folder of an earlier run", async function () {
    skipUnless(this, process.platform !== "win32", "modes of files, as Linux and macOS have them");
    mkdirSync(scratch.path("private/results"), { recursive: true, mode: 0o755 });
    await grade("private", { submissions: [handed("ada", "export const x = 1;")] });
    for (const name of ["results", "sources"])
      expect(statSync(scratch.path("private", name)).mode & 0o777, name).to.equal(0o700);
  });

  it("gives each its points, also between a flood, an exit and a broken text", async () => {
    const { hangs: _, ...quick } = texts;
    const broken = "export function (((";
    const submissions = [
      ...Object.entries(quick).map(([name, { text }]) => handed(name, text)),
      handed("broken", broken),
      handed("deep", `export const x = ${"(".repeat(300_000)}`),
      handed("late", texts.right.text, { handedIn: "2026-03-01T00:00:00Z", attempt: 2, notes: ["n"] }),
      handed("absent", "", { file: null, refused: "tiny.ts is missing" }),
      handed("floods", `console.log("x".repeat(1e6)); ${texts.right.text}`),
    ];
    const { graded, kept, notGradable, look } = await grade("mixed", { submissions });
    expect([graded, kept, look]).to.deep.equal([submissions.length, 0, []]);
    for (const [name, { points }] of Object.entries(quick))
      expect(resultOf("mixed", name).score, name).to.equal(points);
    expect(notGradable.map(({ student }) => student).sort()).to.deep.equal(["absent", "broken", "deep"]);
    expect(resultOf("mixed", "broken").reason).to.contain("tiny.ts does not parse: line 1");
    expect(resultOf("mixed", "absent").reason).to.equal("tiny.ts is missing");
    const late = resultOf("mixed", "late");
    expect([late.attempt, late.handedIn, late.notes]).to.deep.equal([2, "2026-03-01T00:00:00Z", ["n"]]);
    expect(late.essays).to.deep.equal({ "answers.why": "Because it is twice." });
    expect(late.checks.map(({ id, isHidden }) => [id, isHidden])).to.deep.equal([
      ["doubles", false],
      ["halves", false],
      ["large", true],
    ]);
    expect(resultOf("mixed", "floods").score).to.equal(9);
    expect(resultOf("mixed", "floods").noise.length).to.be.lessThan(5000);
    expect(readFileSync(scratch.path("mixed/sources/right.ts"), "utf8")).to.equal(texts.right.text);
  });

  it("draws the same numbers for the same text and secret, and others for another", async () => {
    const drawn: Record<string, string[]> = {};
    const watching = (id: string): GradedAssignment => {
      const [first] = tiny.assignment.checks;
      const check = {
        ...(first as NonNullable<typeof first>),
        run: async ({
          random,
        }: {
          random: { standardNormal(size: number): { flat(): Iterable<number> } };
        }) => {
          drawn[id] = [...(drawn[id] ?? []), [...random.standardNormal(3).flat()].join()];
        },
      };
      return { ...tiny, assignment: { ...tiny.assignment, checks: [check] }, hidden: [] };
    };
    const other = secret.replaceAll("0", "f");
    for (const [id, text, key] of [
      ["a", "1", secret],
      ["b", "1", secret],
      ["c", "2", secret],
      ["d", "1", other],
    ] as const)
      await grade(`drawn-${id}`, { graded: watching(id), submissions: [handed("ada", text)], secret: key });
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => drawn[id]?.join());
    expect(b).to.equal(a);
    expect(new Set([a, c, d]).size).to.equal(3);
    expect(seedOf(new Uint8Array([1]), secret, "hw1")).to.not.equal(
      seedOf(new Uint8Array([1]), secret, "hw2"),
    );
    const kept = readFileSync(scratch.path("drawn-a/results/ada.json"), "utf8");
    expect(kept).to.not.contain("seed");
    expect(kept).to.not.contain(secret);
  });

  it("keeps what holds, and grades again what does not", async () => {
    const submissions = ["ada", "bob"].map((student) => handed(student, texts.one.text));
    await grade("kept", { submissions });
    const again = await grade("kept", { submissions });
    expect([again.graded, again.kept]).to.deep.equal([0, 2]);
    const later = [
      handed("ada", texts.one.text, { handedIn: "2026-03-09T00:00:00Z" }),
      handed("bob", texts.right.text),
    ];
    const changed = await grade("kept", { submissions: later });
    expect([changed.graded, changed.kept]).to.deep.equal([1, 1]);
    expect(resultOf("kept", "ada").handedIn).to.equal("2026-03-09T00:00:00Z");
    expect(resultOf("kept", "bob").score).to.equal(9);
    const path = scratch.path("kept/results/ada.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"grader": "[^"]*"/, '"grader": "older"'));
    expect((await grade("kept", { submissions: later })).graded).to.equal(1);
    writeFileSync(path, "half a file {");
    expect((await grade("kept", { submissions: later })).graded).to.equal(1);
    expect(resultOf("kept", "ada").score).to.equal(6);
    const events = readJournal(scratch.path("kept/journal.jsonl")).filter(({ student }) => student === "bob");
    expect(events.map(({ event }) => event).slice(0, 3)).to.deep.equal(["started", "done", "kept"]);
    expect(events[0]?.by).to.match(/.+@.+:\d+/);
  });

  it("grades one again with every question in a log", async () => {
    const submissions = [handed("ada", texts.right.text), handed("bob", texts.right.text)];
    await grade("only", { submissions });
    const lines: string[] = [];
    const summary = await grade("only", { submissions, only: "ada", log: (line) => lines.push(line) });
    expect([summary.graded, summary.kept]).to.deep.equal([1, 0]);
    expect(lines.join("\n")).to.match(/double\(x \(5,?\)\) → y \(5,?\), \d+ ms/);
    expect(lines.join("\n")).to.contain("check large: passed");
    expect((await refusal(grade("only", { submissions, only: "adda" }))).message).to.match(/adda.*ada/);
  });

  it("names the checks for which the student's record has a hint, whatever else the record holds", async () => {
    const lines = [
      '{"check":"doubles","level":"what","at":"t"}',
      "rubbish",
      '{"check":"doubles","level":"cure","at":"t"}',
    ];
    const bytes = new TextEncoder().encode(lines.join("\n"));
    const record = { path: "tiny.hints.jsonl", size: bytes.length, read: async () => bytes };
    const gone = { ...record, read: () => Promise.reject(new RangeError("it is too long")) };
    const submissions = [
      handed("asked", texts.right.text, { hintFile: record }),
      handed("did-not", texts.right.text),
      handed("unreadable", texts.right.text, { hintFile: gone }),
    ];
    await grade("hints", { submissions });
    const hints = submissions.map(({ student }) => resultOf("hints", student).hints);
    expect(hints).to.deep.equal([["doubles"], [], []]);
  });

  it("stops before the first submission if a wall or its instrument is broken", async () => {
    const broken = [{ ...(probes[0] as (typeof probes)[0]), kind: "control", holds: false } as const];
    const submissions = [handed("ada", texts.right.text)];
    const error = await refusal(
      grade("broken", { submissions, ground: { ...ground, selfTest: async () => broken } }),
    );
    expect(error).to.be.instanceOf(WallBroken);
    expect(existsSync(scratch.path("broken/results"))).to.equal(false);
    expect(existsSync(scratch.path("broken/self-test.json"))).to.equal(true);
    const denied = [{ wall: "files", kind: "probe", tried: "reading", holds: false } as const];
    const named = { ...ground.wall, name: "a wall", open: [] };
    const leaky = { ...ground, wall: named, selfTest: async () => denied };
    expect(await refusal(grade("broken", { submissions, ground: leaky }))).to.be.instanceOf(WallBroken);
  });

  it("does not mix secrets or assignments in one folder", async () => {
    const submissions = [handed("ada", texts.one.text)];
    await grade("mark", { submissions });
    const other = secret.replaceAll("0", "f");
    expect((await refusal(grade("mark", { submissions, secret: other }))).message).to.contain(
      "another secret",
    );
    const renamed = { ...tiny, assignment: { ...tiny.assignment, id: "other" } };
    expect((await refusal(grade("mark", { submissions, graded: renamed }))).message).to.contain(
      "results of tiny",
    );
  });

  it("a check that throws an error of its own fails alone, and is named", async () => {
    const [first, second] = tiny.assignment.checks;
    const throws = { ...first, run: () => Promise.reject(new TypeError("a bug")) } as typeof first;
    const graded = {
      ...tiny,
      assignment: { ...tiny.assignment, checks: [throws, second] },
    } as GradedAssignment;
    const { look } = await grade("bug", { graded, submissions: [handed("ada", texts.right.text)] });
    expect(look).to.deep.equal(["ada: doubles"]);
    expect(resultOf("bug", "ada").score).to.equal(2);
  });

  it("keeps no result in which the grader failed: the next run judges it again", async () => {
    const [first] = tiny.assignment.checks;
    let runs = 0;
    const once = {
      ...first,
      async run(examiner: Examiner) {
        if (runs++ === 0) throw new TypeError("a bug");
        await first?.run(examiner);
      },
    } as Check;
    const checks = [once, ...tiny.assignment.checks.slice(1)];
    const graded = { ...tiny, assignment: { ...tiny.assignment, checks } };
    const submissions = [handed("ada", texts.right.text)];
    await grade("repaired", { graded, submissions });
    expect(resultOf("repaired", "ada").score).to.equal(2);
    const { kept, look } = await grade("repaired", { graded, submissions });
    expect([kept, look, resultOf("repaired", "ada").score]).to.deep.equal([0, [], 9]);
    expect((await grade("repaired", { graded, submissions })).kept).to.equal(1);
  });

  it("stops, and decides nothing, where the grader's data is missing or no process starts", async () => {
    const [first] = tiny.assignment.checks;
    const noData = { ...first, run: () => Promise.reject(new DataError("no images here")) } as Check;
    const graded = { ...tiny, assignment: { ...tiny.assignment, checks: [noData] } };
    const submissions = ["ada", "bob", "cyd", "dan"].map((student) => handed(student, texts.right.text));
    const error = await refusal(grade("no-data", { graded, submissions }));
    expect([error.name, error.message]).to.deep.equal(["DataError", "no images here"]);
    expect(readResults(scratch.path("no-data"))).to.deep.equal([]);
    const command = () => ({ file: "/no/such/program", args: [], env: {}, cwd: process.cwd() });
    const noProgram = { ...ground, wall: { ...ground.wall, command } };
    const stopped = await refusal(grade("no-program", { submissions, ground: noProgram }));
    expect(stopped.message).to.match(/could not be started.*ENOENT.*run it again/);
    expect(readResults(scratch.path("no-program"))).to.deep.equal([]);
    expect(existsSync(scratch.path("no-program/lock.json"))).to.equal(false);
  });

  it("is not stopped by a submission that says that nothing starts", async () => {
    const says = `throw new Error("could not be started");`;
    const submissions = [
      handed("at-once", says),
      handed("later", `export function double() { ${says} }`),
      handed("good", texts.right.text),
    ];
    const { graded } = await grade("says", { submissions });
    expect(graded).to.equal(3);
    expect(submissions.map(({ student }) => resultOf("says", student).score)).to.deep.equal([0, 0, 9]);
  });

  it("does not charge a submission for the time in which the grader computes", async () => {
    const [first] = tiny.assignment.checks;
    const slow = {
      ...first,
      async run(examiner: Examiner) {
        setTimeout(() => {
          const end = performance.now() + 3000;
          while (performance.now() < end);
        }, 0);
        await first?.run(examiner);
      },
    } as Check;
    const graded = { ...tiny, assignment: { ...tiny.assignment, checks: [slow] } };
    await grade("busy", { graded, submissions: [handed("ada", texts.right.text)], seconds: 2.5 });
    expect(resultOf("busy", "ada").score).to.equal(6);
  });

  it("writes the secret once, for its owner alone", () => {
    const path = scratch.path("homework-secret");
    const first = courseSecret(path);
    expect(courseSecret(path)).to.equal(first);
    expect(first).to.match(/^[0-9a-f]{64}$/);
    if (process.platform !== "win32") {
      expect(statSync(path).mode & 0o777).to.equal(0o600);
      expect(warningAboutSecret(path)).to.equal(null);
      chmodSync(path, 0o640);
      expect(warningAboutSecret(path)).to.match(/can be read by others \(mode 640\); chmod 600/);
    }
    writeFileSync(path, "short");
    expect(() => courseSecret(path)).to.throw(RangeError, "at least 32");
  });
});

describe("the parser's own process", function () {
  this.timeout(60_000);
  const parser = new Parser();
  after(() => parser.close());
  const why = (text: string): Promise<string> =>
    parser.parse(text, "tiny.ts", []).then(
      () => "parsed",
      (error: Error) => (error instanceof NotGradable ? error.message : `not refused: ${error}`),
    );

  it("survives texts that end a parser, and reads the next one", async () => {
    const texts = [`x = ${"[".repeat(100_000)}`, `x = ${"!".repeat(400_000)}1`, `x = 1${"+1".repeat(1500)}`];
    const all = await Promise.all([...texts, "export const y = 1"].map(why));
    expect(all.slice(0, 3).filter((one) => one === "parsed")).to.deep.equal([]);
    expect(all[2]).to.contain("levels, expected at most 1000");
    expect(all[3]).to.equal("parsed");
  });
  it("takes no enum, whose values a compiler copies: 300 bytes could give 700 MB", async () => {
    const doubled = Array.from({ length: 24 }, (_, i) => `a${i + 1} = a${i} + a${i}`);
    const chain = `enum E { a0 = "${"x".repeat(64)}", ${doubled.join(", ")} }`;
    const inside = "\n\nexport function f() { const enum E { a = 1 } return E.a; }";
    expect(await Promise.all([chain, inside, "const x = 'enum E {}'; // enum E {}"].map(why))).to.deep.equal([
      `tiny.ts, line 1: it ${noEnums}`,
      `tiny.ts, line 3: it ${noEnums}`,
      "parsed",
    ]);
    for (const text of ["export enum E { a = 1 }", inside])
      expect((await refusal(compile(text, "tiny.ts"))).message).to.equal(`tiny.ts ${noEnums}`);
    expect(await compile("namespace N { export const a = 1 } // enum", "tiny.ts")).to.contain("N");
  });
  it("reads texts from the tree, and runs nothing", async () => {
    const text =
      'export const answers = { a: "x" as string, ["b"]: `y`, "c d": ("z"), d: evil(), e: "1" + "2" } as const;';
    const ids = ["answers.a", "answers.b", "answers.c d", "answers.d", "answers.e", "answers.f"];
    const { essays } = await parser.parse(text, "tiny.ts", ids);
    expect(Object.values(essays)).to.deep.equal(["x", "y", "z", "", "12", ""]);
  });
});

describe("shards", () => {
  it("each student is in exactly one of five, by the id alone", () => {
    const ids = Array.from({ length: 500 }, (_, i) => `student-${i}`);
    const sizes = [1, 2, 3, 4, 5].map((part) => ids.filter((id) => isIn({ part, of: 5 }, id)).length);
    for (const id of ids)
      expect([1, 2, 3, 4, 5].filter((part) => isIn({ part, of: 5 }, id))).to.have.length(1);
    expect(Math.min(...sizes)).to.be.greaterThan(70);
    expect(isIn({ part: 1, of: 1 }, "ada")).to.equal(true);
  });
  it("refuses a text that is not a part, such as 6/5", () => {
    expect(shardFrom("2/5")).to.deep.equal({ part: 2, of: 5 });
    for (const text of ["0/5", "6/5", "2", "2/", "a/b", "2/5/1"])
      expect(() => shardFrom(text), text).to.throw(RangeError, "such as 2/5");
  });
});
