import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { launchers, mpirun, type RunOptions } from "./mpirun.ts";

const program = new URL("./programs/alone.js", import.meta.url);
const libraries = { "Open MPI": "libmpi.so.40", MPICH: "libmpich.so.12" };

interface Line {
  readonly text?: string;
  readonly error?: string;
  readonly native?: readonly string[];
  readonly same?: boolean;
  readonly threads?: number;
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

withBothLaunchers("the start of a program under mpirun", (launcher) => {
  async function started(options: RunOptions): Promise<Line[]> {
    const run = await mpirun(launcher(), 2, program, options);
    expect({ code: run.code, left: run.left }, run.stderr).to.deep.equal({ code: 0, left: [] });
    const lines = linesOf(run.stdout);
    expect(lines).to.have.length(2);
    return lines;
  }
  const errorsOf = async (options: RunOptions): Promise<(string | undefined)[]> =>
    (await started(options)).map(({ error }) => error);

  it("finds the launcher's own library, and divides the cores", async () => {
    const cores = Math.max(1, Math.floor(availableParallelism() / 2));
    for (const { text, threads } of await started({})) {
      expect(text).to.contain(launcher().name);
      expect(threads).to.be.within(1, cores);
    }
  });
  it("leaves the number of threads to whoever sets it", async () => {
    for (const env of [{ CHALK_THREADS: "3" }, { OMP_NUM_THREADS: "3" }])
      expect((await started({ env })).map(({ threads }) => threads)).to.deep.equal([3, 3]);
  });
  it("takes the library that CHALK_MPI names", async () => {
    const lines = await started({ env: { CHALK_MPI: libraries[launcher().name] } });
    expect(lines.every(({ text }) => text?.includes(launcher().name))).to.equal(true);
  });
  it("refuses the other family's library, on every rank, and names both", async function () {
    const other = launcher().name === "MPICH" ? "Open MPI" : "MPICH";
    skipUnless(this, launchers.length === 2, `the library of ${other}`);
    const errors = await errorsOf({ env: { CHALK_MPI: libraries[other] } });
    for (const error of errors)
      expect(error)
        .to.match(/^RangeError: distributed: mpirun of .* started this process as rank [01] of 2, but /)
        .and.contain(`distributed: mpirun of ${launcher().name} started`)
        .and.match(new RegExp(`but ${other} [\\d.]+ \\(${libraries[other]}\\) takes it for rank 0 of 1`))
        .and.match(new RegExp(`use the mpirun of ${other}, or unset CHALK_MPI, or install the library of`));
    expect(errors.map((error) => /rank (\d) of 2/.exec(error ?? "")?.[1]).sort()).to.deep.equal(["0", "1"]);
  });
  it("refuses a CHALK_MPI that does not exist, and one that is no MPI", async () => {
    const missing = await errorsOf({ env: { CHALK_MPI: "/nonexistent/libmpi.so" } });
    for (const error of missing)
      expect(error)
        .to.match(/CHALK_MPI is "\/nonexistent\/libmpi\.so", which cannot be used \(.*No such file.*\)/)
        .and.contain(`give the path of the MPI library of ${launcher().name}`);
    for (const error of await errorsOf({ env: { CHALK_MPI: "libm.so.6" } }))
      expect(error).to.contain("is no MPI library");
  });
  it("says what to install where koffi is absent", async () => {
    const without = fileURLToPath(new URL("../../../test/distributed/without-koffi.cjs", import.meta.url));
    const errors = await errorsOf({ node: ["--require", without] });
    for (const error of errors)
      expect(error)
        .to.match(/koffi, which calls native libraries, cannot be loaded \(Cannot find module 'koffi'\)/)
        .and.contain('install it with "npm install koffi"');
  });
});

describe("distributed() without mpirun", () => {
  const node = (...args: readonly string[]): Line => {
    const { stdout, stderr } = spawnSync(process.execPath, [...args, fileURLToPath(program)], {
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    return linesOf(stdout)[0] as Line;
  };
  it("is rank 0 of 1, and loads neither koffi nor MPI", () => {
    const { text, same, native } = node();
    expect({ text, same, native }).to.deep.equal({ text: "rank 0 of 1 (alone)", same: true, native: [] });
  });
  it("does not need koffi", () => {
    const without = fileURLToPath(new URL("../../../test/distributed/without-koffi.cjs", import.meta.url));
    expect(node("--require", without).text).to.equal("rank 0 of 1 (alone)");
  });
});
