import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { commandRunner, type Outcome } from "../cli/run.ts";

const reference = await readFile("grader/hw3/source/hw3.ts", "utf8");

describe("chalk-and-tape homework check", function () {
  this.timeout(180_000);
  const run = commandRunner();
  let folder = "";
  before(async () => {
    ({ folder } = await run(["homework", "start", "hw3", "."]));
  });
  const check = async (text: string, ...options: string[]): Promise<Outcome> => {
    await writeFile(join(folder, "hw3.ts"), text);
    return run(["homework", "check", "hw3", ...options], { cwd: folder });
  };
  const edited = (from: string, to: string): string => {
    expect(reference.split(from), from).to.have.length(2);
    return reference.replace(from, to);
  };

  it("says of a right file that all public checks passed, and that hidden ones were not run, with status 0", async () => {
    const { status, stdout } = await check(reference);
    expect(status).to.equal(0);
    expect(stdout.trimEnd().split("\n").at(-1)).to.match(
      /^All public checks passed \(\d+ hidden not run\)\.$/,
    );
    expect(stdout).to.not.match(/[✗–]/);
  });

  it("fails on the released file, with status 1, and says with which task to begin", async () => {
    const { status, stdout } = await check(await readFile("homework/hw3/edition/hw3.ts", "utf8"));
    expect(status).to.equal(1);
    expect(stdout).to.match(/^0 of \d+ public checks passed/m);
    expect(stdout).to.contain("Next: npx chalk-and-tape homework check hw3 --task 1");
  });

  it("one task: its checks, and what it lacks of others", async () => {
    const { status, stdout } = await check(reference, "--task", "2", "--json");
    const { results, summary } = JSON.parse(stdout);
    expect(status).to.equal(0);
    expect(new Set(results.map(({ task }: { task: number }) => task))).to.deep.equal(new Set([2]));
    expect(summary).to.match(/^\d+ of these \d+ public checks passed; there are \d+ in all\.$/);
    const wrong = await run(["homework", "check", "hw3", "--task", "9"], { cwd: folder });
    expect([wrong.status, wrong.stderr]).to.deep.equal([
      2,
      "error: hw3 has no task 9; expected one of 1, 2, 3, 4, 5, 6, 7\n",
    ]);
  });

  it("shows what the file prints, cut after twenty lines", async () => {
    const { stdout } = await check(
      `for (let i = 0; i < 30; i++) console.log("line", i);\n${reference}`,
      "--task",
      "1",
    );
    expect(stdout)
      .to.match(/hw3\.ts printed:\n {2}line 0\n/)
      .and.to.contain("line 19\n  … and 10 lines more");
  });

  it("--hint says more each time until nothing is left, and records each beside the file", async () => {
    const wrong = edited("(dy) => [where(isAbove, dy, 0)]", "(dy) => [where(isAbove, dy, dy)]");
    const advice = async (...options: string[]): Promise<string> => {
      const { stdout } = await check(wrong, "--task", "6", ...options);
      return /✗.*\n((?: {6}.*\n)+)/.exec(stdout)?.[1] ?? "";
    };
    const [first, second] = [await advice(), await advice("--hint")];
    expect(first).to.not.equal("");
    expect(second).to.not.equal(first);
    const record = (await readFile(join(folder, "hw3.hints.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(record[0] as string).level).to.be.oneOf(["what", "cure"]);
    await advice("--hint");
    const last = await check(wrong, "--task", "6", "--hint");
    expect(last.stdout).to.contain("There is no further hint.");
    expect((await readFile(join(folder, "hw3.hints.jsonl"), "utf8")).trim().split("\n")).to.have.length.below(
      3,
    );
  });

  for (const [what, text, says] of [
    ["does not parse", "export function (", /^error: hw3\.ts does not parse: line 1: /],
    ["throws when it is loaded", "throw new Error('at once');", /^error: hw3\.ts: .*at once/],
    [
      "imports manual",
      'import { Linear } from "chalk-and-tape/manual"; console.log(Linear);',
      /imports chalk-and-tape\/manual; import from chalk-and-tape\/np only/,
    ],
    ["imports a package", 'import x from "lodash"; console.log(x);', /imports lodash; import from/],
    [
      "imports a file of its own",
      'import x from "./helper.ts"; console.log(x);',
      /imports helper\.ts; import from/,
    ],
  ] as const)
    it(`not gradable, with status 2 and one line: a file that ${what}`, async () => {
      const { status, stdout, stderr } = await check(text);
      expect([status, stdout]).to.deep.equal([2, ""]);
      expect(stderr)
        .to.match(says)
        .and.to.match(/^[^\n]+\n$/);
    });

  it("says where it looked for a file that is missing", async () => {
    const { status, stderr } = await run(["homework", "check", "hw3"]);
    expect([status, stderr.includes("there is no hw3.ts at /")]).to.deep.equal([2, true]);
  });

  it("--types lists what does not fit, and decides nothing", async () => {
    const { status, stdout } = await check(
      `${reference}\nconst n: number = "one"; void n;\n`,
      "--task",
      "1",
      "--types",
    );
    expect(status).to.equal(0);
    expect(stdout).to.match(
      /Types that do not fit \(they cost no points\):\n {2}hw3\.ts:\d+: Type 'string' is not assignable/,
    );
  });

  it("ends where a folder cannot be made, instead of trying for ever", async () => {
    const { status, stderr } = await run(["homework", "start", "hw1", "/proc/no-folder"]);
    expect([status, /^error: .*\/proc\/no-folder/.test(stderr)]).to.deep.equal([2, true]);
  });
});
