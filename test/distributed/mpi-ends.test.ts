import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { mpirun, type Run } from "./mpirun.ts";

const program = new URL("./programs/ends.js", import.meta.url);

/** What one rank of three does while the others wait for it, and what is then said. */
const failures: Readonly<Record<string, { readonly says: RegExp }>> = {
  throws: { says: /^rank 1 of 3: TypeError: the odd one fails\n {4}at /m },
  rejects: { says: /^rank 1 of 3: RangeError: a promise fails\n {4}at /m },
  "process.exit(3)": { says: /^rank 1 of 3: ended with exit code 3; the other ranks are stopped$/m },
  "exit code 3": { says: /^rank 1 of 3: ended with exit code 3; the other ranks are stopped$/m },
  killed: { says: /signal 9/ },
  terminated: { says: /signal 15/ },
  "handles SIGTERM": { says: /^(?!.*rank \d of 3)/s }, // a rank that mpirun stops says nothing
  "ends early": { says: /^rank \d of 3: .*rank 1 ended, or called finish\(\)/m }, // whichever is heard first
  "never settles": { says: /^rank \d of 3: .*rank 1 ended, or called finish\(\)/m },
  "other length": {
    says: /^rank \d of 3: .*ranks 0, 2 called sum\(\) with 3 numbers of float64; rank 1 .* 4 numbers/m,
  },
  "other call": { says: /^rank \d of 3: .*ranks 0, 2 called sum\(\).*; rank 1 called barrier\(\)/m },
};
/** The others are variations, for a release. */
const short = ["throws", "rejects", "process.exit(3)", "killed", "ends early", "other length"];

withBothLaunchers("the end of a program under mpirun", (launcher) => {
  async function ended(way: string, seconds = 15): Promise<Run> {
    const run = await mpirun(launcher(), 3, program, { args: [way], limit: seconds });
    expect(run.timedOut, run.stderr).to.equal(false);
    expect(run.left, "processes that are left").to.deep.equal([]);
    return run;
  }

  it("without an error, on all ranks: code 0 and not a word", async () => {
    const { code, stdout, stderr } = await ended("all well");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n")).to.have.length(3);
  });
  for (const way of isExhaustive ? Object.keys(failures) : short)
    it(`where rank 1 of 3 ${way}: all end, with a message and a code that is not 0`, async function () {
      this.retries(2); // on a busy machine MPICH may stop a rank before the report of its MPI_Abort is out
      const { code, stderr, stdout } = await ended(way);
      expect(code).to.not.equal(0);
      expect(`${stderr}${stdout}`).to.match(failures[way]?.says ?? /^$/);
      // these launchers stop the others by themselves; srun does so for MPI_Abort only, which MPICH always reports
      if (launcher().name === "MPICH" && !/killed|terminated/.test(way))
        expect(stderr).to.contain("MPI_Abort");
    });
  it("on purpose with code 5, after finish(): no rank is said to have failed", async () => {
    const { code, stdout, stderr } = await ended("finish, then code 5");
    expect(code).to.equal(5);
    expect(stderr).to.not.match(/rank \d of 3|MPI_Abort|MPI_ABORT/);
    expect(stdout).to.match(/^ranks\.sum: finish\(\) has ended the exchange; call finish\(\) after/m);
  });
});
