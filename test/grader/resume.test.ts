import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  gradeAll,
  type JournalLine,
  lockFolder,
  readJournal,
  readParts,
  readResults,
  readSubmissions,
  writeMerged,
  writeTables,
} from "#internal/grader";
import { Scratch, secret, texts, tiny, tinyGround } from "./tiny.ts";

const program = fileURLToPath(new URL("./run-tiny.js", import.meta.url));
const scratch = new Scratch();
after(() => scratch.remove());

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (output += piece));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

async function tables(out: string): Promise<string> {
  await writeTables(out, readResults(out), tiny, { selfTest: [], due: null });
  return ["class.csv", "grades.csv"].map((name) => readFileSync(`${out}/${name}`, "utf8")).join("\n");
}

describe("a class killed, resumed and sharded", function () {
  this.timeout(120_000);
  const students = 10;
  let whole = "";
  before(async () => {
    const kinds = [texts.right, texts.wrong, texts.one, texts.unchanged];
    for (let i = 0; i < students; i++) scratch.write(`class/s${i}/tiny.ts`, `${kinds[i % 4]?.text}// ${i}\n`);
    scratch.write(`class/s${students - 1}/tiny.ts`, "export function (((");
    const run = await ended(start(scratch.path("class"), scratch.path("whole")));
    expect(run).to.deep.include({ code: 0 });
    whole = await tables(scratch.path("whole"));
  });

  it("killed -9 halfway: nothing is lost, nothing graded twice, the same bytes", async () => {
    const [from, out] = [scratch.path("class"), scratch.path("killed")];
    const journal = `${out}/journal.jsonl`;
    const lines = (event: JournalLine["event"]): JournalLine[] =>
      readJournal(journal).filter((line) => line.event === event);
    const child = start(from, out);
    const end = ended(child);
    while (lines("done").length < 3 && child.exitCode === null) await pause(5);
    child.kill("SIGKILL");
    expect((await end).code).to.equal(null);
    const before = lines("done").length;
    expect(before).to.be.within(3, students - 1);
    expect(existsSync(`${out}/lock.json`)).to.equal(true);

    const resumed = await ended(start(from, out));
    expect(resumed.code, resumed.output).to.equal(0);
    const { graded, kept } = JSON.parse(resumed.output);
    expect(graded + kept).to.equal(students);
    expect(kept).to.be.at.least(before - 1); // what is not gradable is read again
    const done = lines("done").flatMap(({ student, source }) => (source ? [student] : []));
    expect(new Set(done).size).to.equal(done.length);
    expect(new Set(lines("done").map(({ student }) => student)).size).to.be.at.least(students - 2);
    expect(await tables(out)).to.equal(whole);
  });

  it("in five shards, merged: the same bytes", async () => {
    const ground = await tinyGround();
    const folders = [1, 2, 3, 4, 5].map((part) => scratch.path(`shard${part}`));
    try {
      const submissions = await readSubmissions([scratch.path("class")], "tiny");
      for (const [i, out] of folders.entries())
        await gradeAll({
          graded: tiny,
          submissions,
          out,
          secret,
          ground,
          jobs: 2,
          shard: { part: i + 1, of: 5 },
        });
    } finally {
      ground.remove();
    }
    const sizes = folders.map((folder) => readResults(folder).length);
    expect(Math.max(...sizes)).to.be.lessThan(students);
    const out = scratch.path("merged");
    await writeMerged(out, folders, readParts(folders));
    expect(await tables(out)).to.equal(whole);
    expect(whole.split("\n").filter((line) => line.startsWith("tiny,"))).to.have.length(students);
  });

  it("refuses two different results of one student, and another secret", async () => {
    const [a, b] = [scratch.path("merged"), scratch.path("changed")];
    await writeMerged(b, [a], readParts([a]));
    expect(readParts([a, b]).results).to.have.length(students);
    const path = `${b}/results/s1.json`;
    writeFileSync(path, readFileSync(path, "utf8").replace('"score": 0', '"score": 9'));
    expect(() => readParts([a, b])).to.throw(RangeError, "s1 has two different results");
    const run = `${b}/run.json`;
    writeFileSync(run, readFileSync(run, "utf8").replace(/"secret": "../, '"secret": "zz'));
    expect(() => readParts([a, b])).to.throw(RangeError, "different secrets");
    writeFileSync(run, readFileSync(run, "utf8").replace('"tiny"', '"hw1"'));
    expect(() => readParts([a, b])).to.throw(RangeError, "of tiny and of hw1");
  });
});

describe("the lock", () => {
  it("keeps a second run out, and goes", () => {
    const folder = scratch.path(".");
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).to.throw(RangeError, `in use by process ${process.pid}`);
    unlock();
    lockFolder(folder)();
  });
  it("takes over what a dead process left, also half a file, but not another machine's", async () => {
    const folder = scratch.path(".");
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.once("close", resolve));
    const write = (content: string): string => scratch.write("lock.json", content);
    write(JSON.stringify({ pid: child.pid, host: hostname(), began: "1" }));
    lockFolder(folder)();
    // The number belongs to a new process now.
    write(JSON.stringify({ pid: process.pid, host: hostname(), began: "1" }));
    if (process.platform === "linux") lockFolder(folder)();
    write('{"pid": 1');
    lockFolder(folder)();
    const path = write(JSON.stringify({ pid: child.pid, host: "another", began: "1" }));
    expect(() => lockFolder(folder)).to.throw(RangeError, `remove ${path}`);
  });
});
