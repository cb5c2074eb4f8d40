import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { unzipSync } from "fflate";
import {
  type GradescopeResults,
  type GradescopeTest,
  gradedAssignment,
  textOf,
  writeBundle,
} from "#internal/grader";
import { isExhaustive } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { programsIn, resultsIn, runAutograder, unpack } from "./autograder-folder.ts";

const reference = readFileSync("grader/hw1/source/hw1.ts", "utf8");
const wrong = textOf(
  { name: "db is a mean", points: 0, edits: [["const db = dy.sum(0);", "const db = dy.mean(0);"]] },
  reference,
);
const endless = textOf(
  { name: "endless", points: 0, edits: [["return xW.add(b);", "while (true) xW.add(b);"]] },
  reference,
);
const metadata = {
  id: 7,
  created_at: "2026-11-03T10:00:00.000000-08:00",
  assignment: { due_date: "2026-11-02T23:59:00.000000-08:00", title: "hw1" },
  users: [{ email: "ada@x.edu", id: 1, name: "Ada" }],
  previous_submissions: [{ score: 3 }],
};

function isBox(): boolean {
  try {
    execFileSync("bwrap", ["--ro-bind", "/", "/", "true"], { stdio: "ignore" });
    return process.getuid?.() === 0 && process.platform === "linux" && process.arch === "x64";
  } catch {
    return false;
  }
}

describe("the bundle for Gradescope", function () {
  this.timeout(300_000);
  let folder = "";
  let zip: Uint8Array;
  before(async function () {
    skipUnless(this, process.platform === "linux" && process.arch === "x64", "Linux x64");
    folder = mkdtempSync(join(tmpdir(), "gradescope-"));
    const out = join(folder, "hw1.zip");
    await writeBundle("hw1", { out, secret: join(folder, "secret"), seconds: 6 });
    zip = readFileSync(out);
    unpack(zip, folder);
    writeFileSync(join(folder, "submission_metadata.json"), JSON.stringify(metadata));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What Gradescope would show for these files. */
  function graded(files: Readonly<Record<string, string>>): GradescopeResults {
    rmSync(join(folder, "submission"), { recursive: true, force: true });
    unpackNothing(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "submission", name), text);
    const { stdout } = runAutograder(folder);
    expect(stdout.trim(), "what the grader printed").to.equal("the grader ended with 0");
    return resultsIn(folder) as unknown as GradescopeResults;
  }

  it("holds what it needs, programs that may be run, and no other assignment's answers", () => {
    const names = Object.keys(unzipSync(zip));
    expect(programsIn(zip).sort()).to.deep.equal([
      "node_modules/@esbuild/linux-x64/bin/esbuild",
      "run_autograder",
      "setup.sh",
    ]);
    expect(names.filter((name) => /grader\/hw[2-4]\//.test(name))).to.deep.equal([]);
    expect(names.filter((name) => name.startsWith("dist/grader/hw1/hidden"))).to.not.deep.equal([]);
    for (const script of ["setup.sh", "run_autograder"])
      execFileSync("bash", ["-n", join(folder, "source", script)]);
  });
  it("gives the reference all points, field by field, in a box without network", async function () {
    skipUnless(this, isBox(), "root and bubblewrap");
    const { assignment, hidden } = await gradedAssignment("hw1");
    const results = graded({ "hw1.ts": reference });
    const {
      score,
      output,
      output_format,
      test_output_format,
      test_name_format,
      stdout_visibility,
      tests,
      extra_data,
    } = results;
    expect(Object.keys(results)).to.have.members(
      "score output output_format test_output_format test_name_format stdout_visibility extra_data tests".split(
        " ",
      ),
    );
    expect(score, String(output)).to.equal(10);
    expect([output_format, test_output_format, test_name_format, stdout_visibility]).to.deep.equal([
      "text",
      "text",
      "text",
      "hidden",
    ]);
    expect(extra_data).to.include({ state: "graded", attempt: 2, minutes_late: 601 });
    expect(output).to.match(/Handed in 10 h 1 min after 2026-11-02T23:59.*\nAttempt 2\. Isolated by \w/);
    const all = [...assignment.checks, ...hidden];
    expect(tests.map(({ name }) => name)).to.deep.equal(all.map(({ title }) => title));
    tests.forEach((test, i) => {
      const { points, task } = all[i] as (typeof all)[number];
      const fixed = {
        score: points,
        max_score: points,
        status: "passed",
        output: "",
        output_format: "text",
        name_format: "text",
      };
      expect(test).to.include(fixed);
      expect(test.number).to.match(new RegExp(`^${task}\\.\\d+$`));
      expect(test.visibility).to.equal(i < assignment.checks.length ? "visible" : "after_published");
    });
    expect(new Set(tests.map(({ number }) => number)).size, "numbers").to.equal(tests.length);
  });
  it("gives a wrong answer less, says why in public checks, and hides why in hidden ones", function () {
    skipUnless(this, isExhaustive && isBox(), "root, bubblewrap and CHALK_EXHAUSTIVE=1");
    const { score, tests } = graded({ "hw1.ts": wrong });
    const sum = tests.reduce((total, test) => total + test.score, 0);
    expect(score).to.be.closeTo(sum, 1e-9).and.to.be.within(1, 9.5);
    const failed = tests.filter(({ status }) => status === "failed");
    const [bias] = failed as [GradescopeTest];
    expect(bias.name).to.include("db");
    expect(bias.output).to.match(/db/);
    for (const { visibility, output } of failed)
      if (visibility === "after_published")
        expect(output).to.equal("A hidden check shows only how it ended.");
  });
  it("gives no points for what is not gradable or missing, and says that this decides nothing", function () {
    skipUnless(this, isExhaustive && isBox(), "root, bubblewrap and CHALK_EXHAUSTIVE=1");
    for (const [files, reason] of [
      [{ "hw1.ts": "export function (" }, /^Not gradable: hw1\.ts does not parse: line 1/],
      [{ "notes.txt": "I forgot" }, /^Not gradable: hw1\.ts is missing/],
    ] as const) {
      const { score, output, tests, extra_data } = graded(files);
      expect([score, tests, extra_data.state]).to.deep.equal([0, [], "not gradable"]);
      expect(output).to.match(reason).and.to.include("decides no points");
    }
    rmSync(join(folder, "submission"), { recursive: true });
    unpackNothing(folder);
    symlinkSync("/etc/hostname", join(folder, "submission/hw1.ts"));
    runAutograder(folder);
    expect(String(resultsIn(folder).output)).to.match(/^Not gradable: .*a link/);
  });
  it("stops an endless submission, and what it started, in time", function () {
    skipUnless(this, isExhaustive && isBox(), "root, bubblewrap and CHALK_EXHAUSTIVE=1");
    const { score, tests } = graded({ "hw1.ts": endless });
    expect(score).to.be.below(10);
    expect(tests[0]).to.include({ status: "failed", score: 0 });
    expect(tests[0]?.output).to.match(/took more than 6 s/);
  });
  it("has a result of 0 points before anything else, and keeps it where it is killed", async function () {
    skipUnless(this, isBox(), "root and bubblewrap");
    rmSync(join(folder, "results/results.json"), { force: true });
    const script = join(folder, "source/run_autograder");
    const local = readFileSync(script, "utf8").replaceAll("/autograder", folder);
    const child = spawn("bash", ["-c", local], { detached: true, stdio: "ignore" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(-(child.pid as number), "SIGKILL");
    expect(resultsIn(folder)).to.include({ score: 0, output_format: "text" });
    expect(resultsIn(folder).output).to.match(/did not finish/);
  });
  it("takes a second user where there are no namespaces, and says that the network was open", function () {
    skipUnless(this, isExhaustive && isBox(), "root, bubblewrap and CHALK_EXHAUSTIVE=1");
    writeFileSync(join(folder, "submission/hw1.ts"), reference);
    runAutograder(folder, without("bwrap", "unshare"));
    const { score, output } = resultsIn(folder);
    expect(score).to.equal(10);
    expect(output).to.match(/Isolated by second user: .*the network was open; self-test passed/);
  });
  it("grades nothing where nothing isolates, and says so", function () {
    skipUnless(this, isBox(), "root and bubblewrap");
    writeFileSync(join(folder, "submission/hw1.ts"), reference);
    runAutograder(folder, without("bwrap", "unshare", "setpriv"));
    const { score, output } = resultsIn(folder);
    expect([score, output]).to.satisfy(
      ([points, text]: [number, string]) =>
        points === 0 && /^Not graded: this machine isolates nothing/.test(text),
    );
  });
});

const without = (...names: string[]): string[] =>
  names.flatMap((name) => [`/usr/bin/${name}`, `/bin/${name}`]);

function unpackNothing(folder: string): void {
  execFileSync("mkdir", ["-p", join(folder, "submission"), join(folder, "results")]);
}
