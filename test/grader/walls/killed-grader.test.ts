import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { wallKinds } from "#internal/grader";
import { isExhaustive } from "../../exhaustive.ts";
import { skipUnless } from "../../skip.ts";
import { processesWith, within } from "../attacks/run-attack.ts";

const program = fileURLToPath(new URL("./grader-to-kill.js", import.meta.url));

describe("a grader that is killed", () => {
  for (const [i, kind] of wallKinds.entries())
    it(`takes its submission with it: ${kind.name}`, async function () {
      skipUnless(this, i === 0 || isExhaustive, "CHALK_EXHAUSTIVE=1");
      try {
        kind.find();
      } catch (error) {
        skipUnless(this, false, (error as Error).message);
      }
      const name = `killed${process.pid}x${i}`;
      const inside = [`/program/${name}/child.js`]; // in the command line of Node, and of the wall around it
      const grader = spawn(process.execPath, [program, kind.name, name], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let folder = "";
      grader.stdout.setEncoding("utf8").on("data", (text: string) => {
        folder += text;
      });
      try {
        await within(30, () => processesWith(inside).length > 0);
        expect(processesWith(inside), "control: the submission runs").not.to.be.empty;
        grader.kill("SIGKILL");
        await within(10, () => processesWith(inside).length === 0);
        expect(processesWith(inside)).to.deep.equal([]);
      } finally {
        grader.kill("SIGKILL");
        if (folder !== "") rmSync(folder.trim(), { recursive: true });
      }
    });
});
