import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const root = join(import.meta.dirname, "../../..");
const load = (file: string) => import(join(root, "bench", file));

/** A contender whose one process prints these losses. */
const printing = (name: string, first: number, last: number) => ({
  name,
  ours: true,
  absent: null,
  command: () => {
    const result = JSON.stringify({
      value: 1,
      checks: { "loss at step 1": first, "loss at step 5": last },
    });
    return { file: process.execPath, args: ["-e", `console.log(${JSON.stringify(result)})`], env: {} };
  },
});
const job = { name: "losses", kind: "step", unit: "ms a step", tolerances: [1e-5, 1e-2] };
/** One of each kind that takes little. */
const others = "overhead-scalars,help,import,gradcheck";
const once = { quick: true, processes: 1, timeout: 60 };

describe("bench", () => {
  it("the cheapest job, ours alone: a table, and JSON with every process's value", () => {
    const out = mkdtempSync(join(tmpdir(), "chalk-bench-test-"));
    const args = ["--quick", "--jobs", "mlp-16", "--contenders", "chalk-js,tape-js", "--processes", "2"];
    const options = { cwd: root, encoding: "utf8" } as const;
    const run = spawnSync(process.execPath, ["bench/run.mjs", ...args, "--out", out], options);
    const written = JSON.parse(readFileSync(join(out, "bench.json"), "utf8"));
    rmSync(out, { recursive: true });
    expect(run.status, run.stderr).to.equal(0);
    expect(run.stdout)
      .to.match(/mlp-16: 218,058 parameters, 14\.5 MFLOP/)
      .and.match(/chalk-js +[\d.]+ +/);
    expect(written.machine).to.include.keys("cpu", "cores", "node", "date", "loadAverage");
    const [{ job, reference, rows }] = written.jobs;
    expect({ job, reference }).to.deep.equal({ job: "mlp-16", reference: "chalk-js" });
    expect(rows.map(({ contender }: { contender: string }) => contender)).to.deep.equal([
      "chalk-js",
      "tape-js",
    ]);
    for (const { values, median, doesNotCount, results } of rows) {
      expect(values).to.have.length(2);
      expect(median).to.be.greaterThan(0);
      expect(doesNotCount).to.equal(null);
      expect(results[0].checks["loss at step 1"]).to.be.closeTo(Math.log(10), 0.2);
    }
  });

  it("jobs that are not steps: ours run and give a number", () => {
    const out = mkdtempSync(join(tmpdir(), "chalk-bench-test-"));
    const args = ["--quick", "--jobs", others, "--contenders", "tape-js,np-js,chalk-and-tape", "--out", out];
    const run = spawnSync(process.execPath, ["bench/run.mjs", ...args], { cwd: root, encoding: "utf8" });
    const written = JSON.parse(readFileSync(join(out, "bench.json"), "utf8"));
    rmSync(out, { recursive: true });
    expect(run.status, run.stderr).to.equal(0);
    for (const { job, rows } of written.jobs) {
      expect(rows, job).to.not.have.length(0);
      for (const { median } of rows) expect(median, job).to.be.greaterThan(0);
    }
    // The same expression, by the harness's definition in graphs.mjs, has one value and one slope on every engine.
    const scalars = written.jobs.find(({ job }: { job: string }) => job === "overhead-scalars").rows;
    const { result, gradient } = scalars[0].results[0].checks;
    expect(result).to.be.closeTo(1.1644982, 1e-6);
    expect(gradient).to.be.closeTo(-0.3993607, 1e-6);
    expect(scalars[1].results[0].checks.result).to.be.closeTo(result, 1e-12);
  });

  it("a step with wrong losses does not count, and the command fails", async () => {
    const { bench, hasFailed } = await load("bench.mjs");
    const { tableOf } = await load("report/table.mjs");
    const right = printing("pytorch-1", 2.3, 1.5);
    const verdicts = async (first: number, last: number) => {
      const report = await bench([job], [printing("chalk-js", first, last), right], once);
      const [{ rows }] = report.jobs;
      return { fails: hasFailed(report), said: rows[0].doesNotCount, table: tableOf(report.jobs[0]) };
    };
    const good = await verdicts(2.3 * (1 + 0.9e-5), 1.5 * 1.009);
    expect([good.fails, good.said]).to.deep.equal([false, null]);
    expect(good.table).to.match(/chalk-js +1 +1 +1 +1\.00/);
    const atFirst = await verdicts(2.3 * (1 + 1.1e-5), 1.5);
    expect([atFirst.fails, atFirst.said]).to.deep.equal([
      true,
      `does not count: loss at step 1 ${2.3 * (1 + 1.1e-5)}, pytorch-1's 2.3, allowed 0.00001`,
    ]);
    expect(atFirst.table)
      .to.match(/chalk-js +does not count/)
      .and.not.match(/chalk-js +1 /);
    const later = await verdicts(2.3, 1.5 * 1.011);
    expect([later.fails, later.said]).to.deep.equal([
      true,
      `does not count: loss at step 5 ${1.5 * 1.011}, pytorch-1's 1.5, allowed 0.01`,
    ]);
    expect((await verdicts(2.3, Number.NaN)).fails).to.equal(true);
  });

  it("the tolerance is relative: of a loss that training has made small as well", async () => {
    const { judge } = await load("report/gate.mjs");
    const verdictOf = (found: number): string | null => {
      const runs = [printing("chalk-js", 2.3, found), printing("pytorch-1", 2.3, 0.009)].map(
        (contender, i) => ({
          contender,
          results: [{ checks: { "loss at step 1": 2.3, "loss at step 50": [found, 0.009][i] } }],
        }),
      );
      return judge(runs, job.tolerances).verdicts["chalk-js"];
    };
    expect(verdictOf(0.009 * 1.009)).to.equal(null);
    for (const wrong of [0, 0.009 * 1.011, 0.0189]) expect(verdictOf(wrong)).to.include("does not count");
  });

  it("to equal PyTorch on one of its thread settings is enough, but on one that starts right, and on one as a whole", async () => {
    const { judge } = await load("report/gate.mjs");
    const verdicts = (ours: number, two: readonly [first: number, last: number]) => {
      const runs = [
        { name: "chalk-js", checks: [2.3, ours] },
        { name: "pytorch-1", checks: [2.3, 1.81] },
        { name: "pytorch-2", checks: two },
      ].map(({ name, checks: [first, last] }) => ({
        contender: printing(name, 2.3, 1.5),
        results: [{ checks: { "loss at step 1": first, "loss at step 50": last } }],
      }));
      return judge(runs, job.tolerances).verdicts;
    };
    expect(verdicts(1.79, [2.3, 1.79])).to.deep.equal({
      "chalk-js": null,
      "pytorch-1": null,
      "pytorch-2": null,
    });
    const wrongStart = verdicts(1.5, [2.4, 1.5]);
    expect(wrongStart["chalk-js"]).to.include("loss at step 50 1.5, pytorch-1's 1.81");
    expect(wrongStart["pytorch-2"]).to.include("loss at step 1 2.4, pytorch-1's 2.3");
    expect(verdicts(1.85, [2.3, 1.79])["chalk-js"]).to.include("does not count");
  });

  it("a peer whose numbers are wrong gives no ratios; one that is absent or fails is named with the reason", async () => {
    const { bench, hasFailed } = await load("bench.mjs");
    const { tableOf } = await load("report/table.mjs");
    const absent = { ...printing("numpy", 2.3, 1.5), ours: false, absent: "no Python" };
    const broken = {
      ...printing("tfjs", 2.3, 1.5),
      ours: false,
      command: () => ({ file: process.execPath, args: ["-e", "throw new Error('no such kernel')"], env: {} }),
    };
    const theirs = [printing("pytorch-1", 2.3, 1.5), printing("pytorch-2", 3, 1.5)];
    const report = await bench([job], [printing("chalk-js", 2.3, 1.5), ...theirs, absent, broken], once);
    const table = tableOf(report.jobs[0]);
    expect(report.jobs[0].peer).to.equal("pytorch-1");
    expect(table)
      .to.match(/pytorch-2 +does not count/)
      .and.match(/numpy +absent: no Python/)
      .and.match(/tfjs +failed: Error: no such kernel/);
    expect(hasFailed(report)).to.equal(true);
  });

  it("goals are ratios of what counts", async () => {
    const { goalsReached } = await load("report/goals.mjs");
    const step = {
      job: "mlp-64",
      peer: "pytorch-2",
      rows: [
        { contender: "chalk-blas", median: 0.63, doesNotCount: null },
        { contender: "tape-blas", median: 0.6, doesNotCount: null },
        { contender: "tape-wasm", median: 0.1, doesNotCount: "does not count" },
        { contender: "pytorch-2", median: 0.8, doesNotCount: null },
        { contender: "tfjs-wasm", cannot: "absent" },
      ],
    };
    const reached = goalsReached([step]).map(
      ({ contender, against, reached }: Record<string, string | number | null>) =>
        `${contender} ${against} ${typeof reached === "number" ? reached.toFixed(2) : reached}`,
    );
    expect(reached).to.deep.equal([
      "tape-blas pytorch 0.75",
      "tape-wasm pytorch null",
      "chalk-blas tape-blas 1.05",
      "chalk-wasm tape-wasm null",
      "tape-wasm tfjs-wasm null",
    ]);
  });

  it("in turns: all warm up, then each measures again and again, none while another does; each from its own first step", async () => {
    const { bench } = await load("bench.mjs");
    const steps = JSON.stringify(join(root, "bench/programs/steps.mjs"));
    const folder = mkdtempSync(join(tmpdir(), "chalk-bench-test-"));
    // Writes down when it begins and ends a step; its loss is how many steps it has taken.
    const code = `
      import { appendFileSync } from "node:fs";
      import { timeSteps } from ${steps};
      const [, name] = process.argv;
      const note = (what) => appendFileSync(${JSON.stringify(join(folder, "log"))}, name + what);
      const step = (k) => { note("("); console.log("a word of its own"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); note(")"); return k; };
      const pace = { gateSteps: 5, warmUpMs: 0, minSteps: 2, turnMs: 0 };
      console.log(JSON.stringify(await timeSteps(step, pace)));`;
    const stepping = (name: string) => ({
      ...printing(name, 0, 0),
      command: () => ({
        file: process.execPath,
        args: ["--input-type=module", "-e", code, name],
        env: {},
      }),
    });
    const failing = {
      ...printing("f", 0, 0),
      command: () => ({ file: process.execPath, args: ["-e", "process.exit(3)"], env: {} }),
    };
    const report = await bench([{ ...job, inTurns: true }], [stepping("a"), failing, stepping("b")], {
      ...once,
      processes: 2,
      quick: false,
    });
    const log = readFileSync(join(folder, "log"), "utf8");
    rmSync(folder, { recursive: true });
    const turn = (name: string, times: number) => `${name}(${name})`.repeat(times);
    const round = (first: string, second: string) =>
      turn(first, 5) + turn(second, 5) + (turn(first, 3) + turn(second, 3)).repeat(8);
    expect(log).to.equal(round("a", "b") + round("b", "a"));
    const [{ rows }] = report.jobs;
    expect(rows.map(({ failed }: { failed?: string }) => failed)).to.deep.equal([
      undefined,
      "exit status 3",
      undefined,
    ]);
    for (const { results } of [rows[0], rows[2]]) {
      expect(results).to.have.length(2);
      for (const { value, checks, steps: counted } of results) {
        expect(value).to.be.within(5, 50);
        expect(checks).to.deep.equal({ "loss at step 1": 0, "loss at step 5": 4 });
        expect(counted).to.deep.equal({ warmUp: 5, timed: 16 });
      }
    }
  });

  it("who gives no answer in time is ended, and named", async () => {
    const { bench } = await load("bench.mjs");
    const silent = {
      ...printing("s", 0, 0),
      command: () => ({ file: process.execPath, args: ["-e", "setInterval(() => 0, 1000)"], env: {} }),
    };
    for (const inTurns of [true, false]) {
      const report = await bench([{ ...job, inTurns }], [silent], { ...once, timeout: 1 });
      expect(report.jobs[0].rows[0].failed).to.match(/^ended by SIGTERM after [12] s$/);
    }
  });

  it("each contender once a round, the order turned by one", async () => {
    const { bench } = await load("bench.mjs");
    const order: string[] = [];
    const heard = (_: unknown, { name }: { name: string }) => order.push(name);
    const three = ["a", "b", "c"].map((name) => printing(name, 1, 1));
    await bench([job], three, { ...once, processes: 3, onResult: heard });
    expect(order.join("")).to.equal("abcbcacab");
  });

  it("chalk and tape in one process, in turn: a line for every network, with the ratio and its bound", () => {
    const args = [
      "bench/two-sides.mjs",
      "--engine",
      "wasm",
      "--jobs",
      "mlp-64",
      "--seconds",
      "0.1",
      "--before",
      ".",
    ];
    const env = { ...process.env, CHALK_ENGINE: "wasm" };
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env });
    const [heads = "", line = ""] = stdout.split("\n");
    expect(heads, stderr).to.match(
      /chalk ms +tape ms +chalk\/tape +at most +before ms +tape\/before +at most +steps$/,
    );
    const [name, chalk, tape, ratio, bound, ...rest] = line.trim().split(/ +/);
    expect([name, bound]).to.deep.equal(["mlp-64", "1.15"]);
    expect(Number(ratio)).to.be.closeTo(Number(chalk) / Number(tape), 0.05);
    expect(rest).to.have.length(4);
  });

  it("says what is wrong with a command line", async () => {
    const { chosenContenders, chosenJobs, readOptions } = await load("options.mjs");
    const wrongJob = 'unknown job "mpl"; expected one of mlp';
    expect(() => chosenJobs({ mlp: [] }, "mpl")).to.throw(RangeError, wrongJob);
    const wrongContender = 'unknown contender "chalk-gpu"; expected one of chalk-js, numpy';
    const known = [{ name: "chalk-js" }, { name: "numpy" }];
    expect(() => chosenContenders(known, "chalk-gpu")).to.throw(RangeError, wrongContender);
    expect(chosenContenders(known, "chalk")).to.deep.equal([{ name: "chalk-js" }]);
    const wrongNumber = '--processes is "0"; expected a whole number';
    expect(() => readOptions(["--processes", "0"])).to.throw(RangeError, wrongNumber);
    const unknown = ["bench/run.mjs", "--round", "1"];
    const run = spawnSync(process.execPath, unknown, { cwd: root, encoding: "utf8" });
    expect(run.status).to.equal(2);
    expect(run.stderr).to.match(/^bench: Unknown option '--round'/);
  });
});
