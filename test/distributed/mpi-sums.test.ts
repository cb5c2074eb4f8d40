import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { mpirun } from "./mpirun.ts";

const program = new URL("./programs/sums.js", import.meta.url);

interface Line {
  readonly text: string;
  readonly rank: number;
  readonly wrong: readonly string[];
  readonly same: boolean;
  readonly bits: string;
}

withBothLaunchers("sums and broadcasts over MPI", (launcher) => {
  for (const size of isExhaustive ? [1, 2, 3, 4, 5, 8] : [2, 3, 4])
    it(`are right among ${size}, in all types and lengths, and the same bits on every rank`, async () => {
      const run = await mpirun(launcher(), size, program);
      expect(run.code, run.stderr).to.equal(0);
      const lines = run.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
      lines.sort((a, b) => a.rank - b.rank);
      expect(lines.map(({ rank }) => rank)).to.deep.equal(Array.from({ length: size }, (_, rank) => rank));
      expect(lines.flatMap(({ wrong }) => wrong)).to.deep.equal([]);
      expect(new Set(lines.map(({ bits }) => bits)).size).to.equal(1);
      expect(
        lines.every(({ same }) => same),
        "a second call returns the same object",
      ).to.equal(true);
      for (const { text, rank } of lines)
        expect(text).to.match(new RegExp(`^rank ${rank} of ${size} \\(${launcher().name} \\d+\\.\\d+.*\\)$`));
      expect(run.left).to.deep.equal([]);
    });
});
