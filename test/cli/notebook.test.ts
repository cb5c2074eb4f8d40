import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { commandRunner } from "./run.ts";

const root = join(import.meta.dirname, "../../..");
const [first, second] = ["01-the-same-classifier-twice.ipynb", "09-checking-gradients.ipynb"] as const;

interface Cell {
  readonly id: string;
  readonly outputs?: readonly unknown[];
}

const cells = (ipynb: string): readonly Cell[] => JSON.parse(ipynb).cells;

describe("chalk-and-tape notebook", () => {
  const run = commandRunner();
  const text = (...path: string[]): Promise<string> => readFile(join(...path), "utf8");

  it("--print: the kernelspec, with absolute paths; nothing is written", async () => {
    const { stdout, left } = await run(["notebook", "--print"]);
    const { argv, language } = JSON.parse(stdout);
    expect([language, left]).to.deep.equal(["typescript", []]);
    expect(argv).to.deep.equal([process.execPath, join(root, "dist/kernel/main.js"), "{connection_file}"]);
  });

  it("copies the lessons and puts the kernel beside them", async () => {
    const { status, stdout, left, folder } = await run(["notebook", "--no-start"]);
    expect([status, left]).to.deep.equal([0, ["lessons"]]);
    const home = join(folder, "lessons");
    expect(stdout).to.contain(`copied     ${first}`).and.contain(`JUPYTER_PATH='${home}/.jupyter'`);
    const lessons = (await readdir(join(root, "notebooks"))).filter((name) => name.endsWith(".ipynb"));
    expect(await readdir(home)).to.have.members([".jupyter", ...lessons]);
    const [copy, lesson] = [cells(await text(home, first)), cells(await text(root, "notebooks", first))];
    expect(copy.map(({ id }) => id)).to.deep.equal(lesson.map(({ id }) => id));
    expect(copy.flatMap(({ outputs = [] }) => outputs)).to.deep.equal([]);
    expect(JSON.stringify(copy)).to.not.include("/* example guess */");
    const spec = JSON.parse(await text(home, ".jupyter/kernels/tslab/kernel.json"));
    expect(spec.argv[1]).to.equal(join(root, "dist/kernel/main.js"));
  });

  it("never touches a lesson that was changed, and updates one that was not", async () => {
    const { folder } = await run(["notebook", "--no-start"]);
    const home = join(folder, "lessons");
    const record = join(home, ".jupyter/lessons.json");
    const old = '{ "an": "older version" }';
    const hash = createHash("sha256").update(old).digest("hex");
    const changed = (await text(home, second)).replace("Checking gradients", "My notes");
    const current = await text(home, first);
    await writeFile(join(home, first), old);
    await writeFile(record, JSON.stringify({ ...JSON.parse(await text(record)), [first]: hash }));
    await writeFile(join(home, second), changed);
    const { stdout } = await run(["notebook", "--no-start"], { cwd: folder });
    expect(stdout)
      .to.match(new RegExp(`updated +${first}`))
      .and.match(new RegExp(`kept +${second} .*because you changed it`));
    expect(await text(home, first)).to.equal(current);
    expect(await text(home, second)).to.equal(changed);
    const again = await run(["notebook", "--no-start", "--json"], { cwd: folder });
    const { lessons, kernelspec, environment } = JSON.parse(again.stdout);
    expect(lessons).to.deep.include.members([
      { name: first, status: "unchanged" },
      { name: second, status: "kept" },
    ]);
    expect(existsSync(kernelspec)).to.equal(true);
    expect(environment.JUPYTER_PATH).to.equal(join(home, ".jupyter"));
  });

  it("refuses the folder of the package's own lessons", async () => {
    const { status, stderr } = await run(["notebook", join(root, "notebooks"), "--no-start"]);
    expect(status).to.equal(2);
    expect(stderr).to.match(/^error: .*notebooks holds the package's own lessons; choose another folder/);
  });

  it("--kernel-only: into Jupyter's folder of this user, and says what it replaces", async () => {
    const { folder } = await run(["--version"]);
    const kernel = join(folder, "data/kernels/tslab/kernel.json");
    const install = () =>
      run(["notebook", "--kernel-only"], { cwd: folder, env: { JUPYTER_DATA_DIR: join(folder, "data") } });
    expect((await install()).stdout)
      .to.contain(kernel)
      .and.not.contain("replaces");
    expect(await readdir(folder)).to.deep.equal(["data"]);
    await writeFile(kernel, '{ "argv": ["/opt/tslab", "kernel"] }');
    expect((await install()).stdout).to.contain("It replaces the one that was there: /opt/tslab kernel");
    expect(JSON.parse(await text(kernel)).argv).to.include(join(root, "dist/kernel/main.js"));
  });

  describe("with only some programs on the PATH", () => {
    let bin: string;
    before(async function () {
      skipUnless(this, process.platform !== "win32", "programs that are shell scripts, and signals");
      bin = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
    });
    after(() => bin && rm(bin, { recursive: true }));
    const put = async (name: string, script: string): Promise<void> => {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, name), 0o755);
    };

    it("without Jupyter: the lines that install and start it, status 2", async () => {
      await put("brew", "");
      const none = await run(["notebook"], { env: { PATH: bin, CONDA_PREFIX: "" } });
      expect([none.status, none.stderr]).to.deep.equal([
        2,
        "error: neither JupyterLab nor the Notebook is on this machine. To install and start it:\n  brew install jupyterlab\n  npx chalk-and-tape notebook\n",
      ]);
      await put("apt-get", "");
      await put("sudo", "");
      const { stderr } = await run(["notebook", "."], { env: { PATH: bin, CONDA_PREFIX: "" } });
      expect(stderr).to.match(/apt-get install jupyter-notebook\n {2}npx chalk-and-tape notebook \.\n$/);
    });

    it("starts Jupyter in the folder, with its kernel; Ctrl-C asks it to end, and waits", async () => {
      // It takes a while to end, as Jupyter does, and has no subcommand lab.
      await put(
        "jupyter",
        `[ "$1" = notebook ] || exit 1; [ "$2" = --version ] && exit
         trap '/bin/sleep 0.3; echo ended its kernels; exit 0' TERM
         echo "started $* in $PWD with $JUPYTER_PATH"
         i=0; while [ $i -lt 200 ]; do /bin/sleep 0.05; i=$((i + 1)); done`,
      );
      let asked = false;
      const { status, stdout, stderr, folder } = await run(["notebook", "--", "--no-browser"], {
        env: { PATH: bin, JUPYTER_PATH: "/theirs" },
        onStart: (child, printed) =>
          child.stdout?.on("data", () => {
            if (asked || !printed().includes("started ")) return;
            asked = true;
            child.kill("SIGINT");
          }),
      });
      const home = join(realpathSync(folder), "lessons");
      expect([status, stderr]).to.deep.equal([0, ""]);
      expect(stdout)
        .to.contain(
          `started notebook --no-browser in ${home} with ${join(folder, "lessons/.jupyter")}:/theirs`,
        )
        .and.match(/ended its kernels\n$/);
    });

    it("Jupyter that fails: status 1", async () => {
      await put("jupyter", '[ "$2" = --version ] && exit; exit 7');
      const { status } = await run(["notebook"], { env: { PATH: bin } });
      expect(status).to.equal(1);
    });
  });
});
