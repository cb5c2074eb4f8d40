import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { launchers, mpirun } from "./mpirun.ts";

const program = new URL("./programs/plain.js", import.meta.url);

for (const name of ["Open MPI", "MPICH"]) {
  const found = launchers.find((one) => one.name === name);
  describe(`the tests' own mpirun, ${name}`, function () {
    this.timeout(60_000);
    before(function () {
      skipUnless(this, found !== undefined, `mpirun of ${name}`);
    });
    const run = (args: string[], limit = 10) =>
      mpirun(found as NonNullable<typeof found>, 2, program, { args, limit });

    it("returns the output and the code", async () => {
      const { code, stdout, timedOut, left } = await run(["3"]);
      expect({ code, timedOut, left }).to.deep.equal({ code: 3, timedOut: false, left: [] });
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.trim()),
      ).to.deep.equal(["here", "here"]);
    });
    it("stops a program, and the processes that it started, at the limit", async () => {
      const { timedOut, seconds, left } = await run(["sleep"], 1);
      expect(timedOut).to.equal(true);
      expect(seconds).to.be.below(5);
      expect(left).to.deep.equal([]);
    });
  });
}
