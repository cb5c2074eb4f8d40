import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import { skipUnless } from "../skip.ts";
import { launchers, mpirun } from "./mpirun.ts";

const page = readFileSync(join(root, "docs/beyond-one-machine.md"), "utf8");
const [program = ""] = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, block]) => block as string);
const [loop = ""] = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block]) => block as string);

/** The page's program with its own loop in place of `train`; rank 0 prints the loss of every batch. */
const withLoop = `
import { computeGradients } from "chalk-and-tape/manual";
import { averageGradients } from "chalk-and-tape/distributed";
${program
  .split("\n")
  .filter((line) => !line.includes("train(") && !line.includes("history"))
  .join("\n")}
const loss = new CrossEntropyLoss();
const losses = [];
${loop.replace("averageGradients(ranks", "losses.push(averageGradients(ranks").replace("rows }); //", "rows })); //")}
if (ranks.rank === 0) console.log(JSON.stringify(losses));`;

/** The package finds itself by name from inside its own folder only. */
function written(name: string, text: string): string {
  const file = join(root, ".build/test/distributed", name);
  writeFileSync(file, text);
  return file;
}

const printed = new Map<string, string>();

/** What the program prints without mpirun. */
function alone(file: string): string {
  const known = printed.get(file);
  if (known !== undefined) return known;
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
  printed.set(file, stdout);
  return stdout;
}

describe("docs/beyond-one-machine.md", function () {
  this.timeout(150_000);
  const file = written("docs-page.mjs", program);
  const loopFile = written("docs-loop.mjs", withLoop);

  it("the program runs without mpirun", () => {
    expect(alone(file)).to.match(/^epoch .*\n.*\n.*\n/);
  });
  for (const name of ["Open MPI", "MPICH"]) {
    const found = launchers.find((one) => one.name === name);
    it(`with three ranks of ${name} it prints the same, once`, async function () {
      if (!found) return skipUnless(this, false, `mpirun of ${name}`);
      const { code, stdout, stderr } = await mpirun(found, 3, file, { limit: 50 });
      expect(code, stderr).to.equal(0);
      expect(stdout.trim()).to.equal(alone(file).trim());
    });
    it(`the loop of one's own has the same losses with three ranks of ${name}`, async function () {
      if (!found) return skipUnless(this, false, `mpirun of ${name}`);
      const { code, stdout, stderr } = await mpirun(found, 3, loopFile, { limit: 50 });
      expect(code, stderr).to.equal(0);
      const [ours, theirs] = [stdout, alone(loopFile)].map((text) => JSON.parse(text) as number[]);
      expect(ours).to.have.length(5);
      for (const [i, value] of (ours ?? []).entries())
        expect(value).to.be.closeTo(theirs?.[i] ?? Number.NaN, 1e-12);
    });
  }
  it("MPICH's mpirun through a program that passes no descriptors on, such as npx: one message", async function () {
    const found = launchers.find((one) => one.name === "MPICH");
    if (!found) return skipUnless(this, false, "mpirun of MPICH");
    const between = `
import { spawnSync } from "node:child_process";
process.exitCode = spawnSync(process.execPath, [${JSON.stringify(file)}], { stdio: "inherit" }).status;`;
    const through = written("docs-through.mjs", between);
    const { code, stdout, stderr } = await mpirun(found, 2, through, { limit: 50 });
    expect(code).to.not.equal(0);
    expect(stdout).to.not.contain("epoch");
    expect(stderr).to.contain("start the command itself: mpirun -n 4 node_modules/.bin/chalk-and-tape");
    expect(stderr).to.not.contain("PMI_fd");
    const port = await mpirun(found, 2, through, { limit: 50, flags: ["-pmi-port"] });
    expect(port.code, port.stderr).to.equal(0);
    expect(port.stdout.trim()).to.equal(alone(file).trim());
  });
  it("names every function of the room", async () => {
    const functions = Object.keys(await import("chalk-and-tape/distributed"));
    expect(functions.filter((name) => !page.includes(`${name}(`))).to.deep.equal([]);
  });
});
