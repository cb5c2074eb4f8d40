import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { notebook } from "./first-hour.ts";
import { type Installed, packAndInstall, run, runWith } from "./installed.ts";

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** The outputs of each cell. */
type Outputs = readonly (readonly Output[])[];

describe("the first hour, with the package as it is installed", () => {
  let installed: Installed;
  before(async () => {
    installed = await packAndInstall();
  });
  after(() => rm(dirname(installed.tarball), { recursive: true }));

  const npx = (...words: string[]) => run(installed.folder, "npx", "--no", "chalk-and-tape", ...words);
  const text = (lines: string | readonly string[] = ""): string => [lines].flat().join("");

  /** Runs a notebook under Jupyter, with the kernel that the command put into a folder. */
  async function execute(folder: string, name: string): Promise<Outputs> {
    const env = {
      JUPYTER_PATH: join(folder, ".jupyter"),
      JUPYTER_RUNTIME_DIR: join(folder, ".jupyter/runtime"),
      JUPYTER_CONFIG_DIR: join(folder, ".jupyter/config"),
    };
    const words = ["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=120"];
    const { status, stderr } = await runWith(env, folder, "jupyter", ...words, "--output", "executed", name);
    expect(status, stderr).to.equal(0);
    const { cells } = JSON.parse(await readFile(join(folder, "executed.ipynb"), "utf8"));
    return cells.map(({ outputs = [] }: { outputs?: readonly Output[] }) => outputs);
  }

  function expectQuiet(outputs: Outputs): void {
    const loud = outputs.flat().filter((one) => one.name === "stderr" || one.output_type === "error");
    expect(loud).to.deep.equal([]);
  }

  describe("in Jupyter", () => {
    before(async function () {
      const { status } = await run(installed.folder, "jupyter", "nbconvert", "--version");
      skipUnless(this, status === 0, "Jupyter's nbconvert");
    });

    it("the lecture's class in five cells: trained, drawn inline, and a wrong layer found", async () => {
      const { stdout } = await npx("notebook", "--no-start", "--json");
      const { folder } = JSON.parse(stdout);
      await writeFile(join(folder, "first-hour.ipynb"), notebook());
      const outputs = await execute(folder, "first-hour.ipynb");
      expectQuiet(outputs);
      const [loss, curve, boundary, report] = outputs.slice(3).map(([one]) => one);
      expect(Number(text(loss?.data?.["text/plain"]))).to.be.within(0, 0.2);
      for (const picture of [curve, boundary]) {
        expect(picture?.output_type).to.equal("execute_result");
        expect(text(picture?.data?.["image/svg+xml"])).to.match(/^<svg [\s\S]*<\/svg>\s*$/);
      }
      expect(text(report?.text))
        .to.contain("✗ bias (3,): disagree")
        .and.contain("dBias is the right one divided by 4 = N, the batch");
    });
  });

  describe("in a folder of chalk-and-tape new", () => {
    let folder: string;
    before(async () => {
      const { stdout } = await npx("new", "nets", "--json");
      ({ folder } = JSON.parse(stdout));
      const { status, stderr } = await run(folder, "npm", "install", "--prefer-offline");
      expect([status, stderr]).to.deep.equal([0, ""]); // npm writes warnings there
    });
    const check = () => run(folder, "npm", "run", "--silent", "check");
    const layer = (): string => join(folder, "my-linear.ts");

    it("npm run check finds the gradient that is wrong on purpose, and says what to do", async () => {
      const { status, stdout, stderr } = await check();
      expect([status, stderr]).to.deep.equal([1, ""]);
      expect(stdout)
        .to.contain("dBias is the right one divided by 4 = N, the batch")
        .and.match(/Correct my-linear\.ts, then run this again\.\n$/);
    });

    it("a type error is reported before anything runs: null is checked", async () => {
      const right = await readFile(layer(), "utf8");
      await writeFile(layer(), right.replace("this.bias ? y.add(this.bias) : y", "y.add(this.bias)"));
      const { status, stdout } = await check();
      await writeFile(layer(), right);
      expect(status).to.not.equal(0);
      expect(stdout)
        .to.match(/my-linear\.ts.*error TS\d+: .*null/)
        .and.not.contain("✗");
    });

    it("corrected, it passes", async () => {
      const wrong = await readFile(layer(), "utf8");
      await writeFile(layer(), wrong.replace("dy.mean(0)", "dy.sum(0)"));
      const { status, stdout, stderr } = await check();
      expect([status, stderr]).to.deep.equal([0, ""]);
      expect(stdout).to.match(/All gradients agree\. Next: /);
    });

    it("its notebook shows the same layer", async function () {
      const { status } = await run(folder, "jupyter", "nbconvert", "--version");
      skipUnless(this, status === 0, "Jupyter's nbconvert");
      await run(folder, "npm", "run", "notebook", "--", "--no-start");
      const outputs = await execute(folder, "my-linear.ipynb");
      expectQuiet(outputs);
      expect(text(outputs.at(-1)?.[0]?.text)).to.match(/^\d+ checks passed/m);
    });
  });
});
