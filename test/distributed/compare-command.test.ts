import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { loadedBy } from "../cli/loaded.ts";
import { command } from "../cli/run.ts";
import { skipUnless } from "../skip.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { type Launcher, launcher, mpirun, type Run } from "./mpirun.ts";

const moons = ["compare", "--dataset", "moons", "--limit", "60", "--epochs", "2"];
const count = (text: string, part: string): number => text.split(part).length - 1;

withBothLaunchers("chalk-and-tape compare under mpirun", (launcher) => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-compare-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** Two ranks; with `second`, the second of them has these words instead. */
  async function run(args: readonly string[], second?: readonly string[]): Promise<Run> {
    const words = second ? [...args, ":", "-n", "1", process.execPath, command, ...second] : args;
    const env = { CHALK_THREADS: "1", CHALK_DATA: folder };
    const ended = await mpirun(launcher(), second ? 1 : 2, command, { args: words, env, limit: 40 });
    expect(ended.timedOut, ended.stderr).to.equal(false);
    expect(ended.left, "processes that are left").to.deep.equal([]);
    return ended;
  }

  it("only rank 0 prints and writes: one document, one report, one heading", async () => {
    const report = join(folder, "report");
    const { code, stdout, stderr } = await run([...moons, "--json", "--report", report]);
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ ranks: 2, agree: true });
    expect(count(stderr, "on 60 moons: adam, lr 0.01, batch 32, float64, seed 0, 2 ranks\n")).to.equal(1);
    expect(count(stderr, "✓ Chalk and tape agree")).to.equal(1);
    expect(await readdir(report)).to.deep.equal(["compare.html"]);
    expect(await readFile(join(report, "compare.html"), "utf8")).to.contain(
      "mpirun -n 2 node_modules/.bin/chalk-and-tape compare",
    );
    await rm(report, { recursive: true });
  });
  it("prints an error of all ranks once; a disagreement ends with status 1, and no rank is said to have failed", async () => {
    const unknown = await run(["compare", "--dataset", "nonsense"]);
    expect([unknown.code, unknown.stdout]).to.deep.equal([2, ""]);
    expect(count(unknown.stderr, 'error: unknown dataset "nonsense"')).to.equal(1);
    const apart = await run([...moons, "--lr", "1e300", "--no-report"]);
    expect(apart.code).to.equal(1);
    expect(count(apart.stdout, "✗ Chalk and tape do not agree")).to.equal(1);
    expect(apart.stderr).not.to.match(/rank \d|MPI_A/i);
  });
  it("an error of one rank has its number, and ends all", async () => {
    const { code, stderr } = await run([...moons, "--no-report"], ["compare", "--dataset", "mnist"]);
    expect(code).to.equal(2);
    expect(stderr).to.match(/^rank 1: error: .*data fetch mnist/m);
    expect(stderr).not.to.match(/^rank 0: /m);
  });
  it("ranks that were given other jobs are refused, once", async () => {
    const { code, stderr } = await run([...moons, "--no-report"], [...moons, "--no-report", "--seed", "1"]);
    expect(code).to.equal(2);
    expect(count(stderr, "error: compare: rank 1 differs from rank 0 in the job")).to.equal(1);
  });
  it("a checkpoint that exists is refused by rank 0, and used with --resume", async () => {
    const file = join(folder, "run.safetensors");
    const first = await run([...moons, "--json", "--checkpoint", file]);
    expect(first.code, first.stderr).to.equal(0);
    const refused = await run([...moons, "--json", "--checkpoint", file]);
    expect([refused.code, refused.stdout]).to.deep.equal([2, ""]);
    expect(count(refused.stderr, `--checkpoint ${file} exists already`)).to.equal(1);
    const again = await run([...moons, "--json", "--checkpoint", file, "--resume"]);
    expect(again.code, again.stderr).to.equal(0);
    expect(JSON.parse(again.stdout)).to.deep.equal(JSON.parse(first.stdout));
    expect(count(again.stderr, "after epoch 2)")).to.equal(1);
    await rm(file);
  });
});

describe("chalk-and-tape compare through npx under mpirun", function () {
  this.timeout(150_000);
  // Such as npx: a program of Node that starts the command in turn.
  const between = new URL("./programs/between.js", import.meta.url);
  const given = { args: [command, ...moons, "--no-report"], env: { CHALK_THREADS: "1" }, limit: 40 };

  it("Open MPI: works", async function () {
    const found = launcher("Open MPI");
    skipUnless(this, found !== null, "mpirun of Open MPI");
    const { code, stdout, stderr } = await mpirun(found as Launcher, 2, between, given);
    expect(code, stderr).to.equal(0);
    expect(count(stdout, ", 2 ranks\n")).to.equal(1);
  });
  it("MPICH: its socket is not passed on; the remedy is printed once", async function () {
    const found = launcher("MPICH");
    skipUnless(this, found !== null, "mpirun of MPICH");
    const { code, stdout, stderr } = await mpirun(found as Launcher, 2, between, given);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(
      count(stderr, "error: distributed: mpirun of MPICH started this process through another"),
    ).to.equal(1);
    expect(stderr).to.contain("mpirun -n 4 node_modules/.bin/chalk-and-tape compare");
  });
});

describe("chalk-and-tape compare without mpirun", () => {
  it("loads nothing of the ranks", async () => {
    const args = [command, "compare", "--dataset", "moons", "--limit", "60", "--epochs", "1", "--no-report"];
    const loaded = await loadedBy(args, join(import.meta.dirname, "../../.."));
    expect(loaded).to.include("cli/compare");
    expect(loaded.filter((name) => /^(distributed\/|cli\/group)/.test(name))).to.deep.equal([]);
  });
});
