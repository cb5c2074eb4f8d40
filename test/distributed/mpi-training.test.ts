import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { mpirun } from "./mpirun.ts";

const program = new URL("./programs/own-loop.js", import.meta.url);

interface Line {
  readonly size: number;
  readonly losses: readonly number[];
  readonly bits: string;
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** The largest difference of two lists of losses. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))));

withBothLaunchers("a training loop of one's own under mpirun", (launcher) => {
  for (const [side, sizes] of [
    ["chalk", [1, 2, 4]],
    ["tape", isExhaustive ? [1, 2, 4] : [4]],
  ] as const)
    it(`${side}: ${sizes.join(", ")} ranks have the losses of one process, over 20 steps`, async () => {
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(program), side], { encoding: "utf8" });
      const [alone] = linesOf(stdout) as [Line];
      expect(alone.losses).to.have.length(20);
      expect(alone.losses.at(-1), "it learns").to.be.below(0.9 * (alone.losses[0] as number));
      for (const size of sizes) {
        const run = await mpirun(launcher(), size, program, { args: [side] });
        expect(run.code, run.stderr).to.equal(0);
        const lines = linesOf(run.stdout);
        expect(lines.map((one) => one.size)).to.deep.equal(Array(size).fill(size));
        for (const { losses } of lines) expect(apart(alone.losses, losses)).to.be.below(1e-13);
        expect(new Set(lines.map(({ bits }) => bits)).size, "weights").to.equal(1);
      }
    });
});
