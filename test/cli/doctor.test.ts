import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { engineReports } from "chalk-and-tape/np";
import { skipUnless } from "../skip.ts";
import { commandRunner } from "./run.ts";

/** Replaces koffi, for `require`, by the value of an expression. */
const koffiIs = (expression: string): string => {
  const code = `import Module from "node:module";
    const load = Module._load;
    Module._load = (name, ...rest) => name === "koffi" ? ${expression} : load(name, ...rest);`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
};
const noKoffi = koffiIs('(() => { throw new Error("Cannot find module"); })()');
const noLibrary = koffiIs('({ load(file) { throw new Error(file + ": cannot open"); } })');

describe("chalk-and-tape doctor", () => {
  const run = commandRunner();
  const [first, rest, engines] = [5, 2, engineReports()];

  it("measures each engine, in one line, and says that there is nothing to do", async () => {
    const { status, stdout } = await run(["doctor"]);
    expect(status).to.equal(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).to.have.length(first + engines.length + rest);
    for (const [i, { name, summary, available }] of engines.entries())
      expect(lines[first + i])
        .to.include(name)
        .and.include(summary)
        .and.match(available ? / \d+\.\d ms/ : /–/);
    if (engines.every(({ available }) => available)) expect(lines.at(-1)).to.match(/^to do {6}nothing/);
  });

  it("CHALK_ENGINE that asks for a slow engine: unset it, and how much faster the fastest is", async () => {
    const { stdout } = await run(["doctor"], { env: { CHALK_ENGINE: "js" } });
    expect(stdout).to.match(
      /to do .*asks for js; (wasm|blas) multiplies [\d.]+ times as fast here\n +unset CHALK_ENGINE/,
    );
  });

  it("without koffi: npm install koffi", async () => {
    const { stdout } = await run(["doctor"], { node: [noKoffi] });
    expect(stdout)
      .to.contain("– blas   koffi, which calls native libraries, is not installed")
      .and.match(/to do .*BLAS.*\n +npm install koffi\n$/);
  });

  describe("without a BLAS", () => {
    let bin: string;
    before(async function () {
      skipUnless(
        this,
        process.platform === "linux",
        "Linux: what to install is chosen by what is on the PATH",
      );
      bin = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
    });
    after(() => bin && rm(bin, { recursive: true }));

    for (const [program, command] of [
      [
        "conda",
        'conda install -c conda-forge openblas\n             export LD_LIBRARY_PATH="$CONDA_PREFIX/lib"',
      ],
      ["pacman", "pacman -S openblas"],
      ["apt-get", "apt-get install libopenblas0-pthread"],
    ] as const)
      it(`where ${program} is: ${command}`, async () => {
        await writeFile(join(bin, program), "");
        await chmod(join(bin, program), 0o755);
        const env = { PATH: [bin, dirname(process.execPath)].filter(hasNoManager).join(":") };
        const { stdout } = await run(["doctor"], { node: [noLibrary], env });
        const [, advice = ""] = stdout.split("to do ");
        expect(advice).to.match(/OpenBLAS .* as fast as wasm\n/);
        expect(advice.trimEnd().endsWith(command), advice).to.equal(true);
      });

    it("the libraries that were tried are behind --verbose, and in --json", async () => {
      const tried = /OpenBLAS, libopenblas\.so\.0: libopenblas\.so\.0: cannot open/;
      const brief = await run(["doctor"], { node: [noLibrary] });
      expect(brief.stdout).not.to.match(tried);
      const verbose = await run(["doctor", "--verbose"], { node: [noLibrary] });
      expect(verbose.stdout).to.match(tried);
      const { stdout } = await run(["doctor", "--json"], { node: [noLibrary] });
      const { engines, advice } = JSON.parse(stdout);
      expect(engines[2]).to.include({ name: "blas", available: false, missing: "library" });
      expect(engines[2].attempts.join()).to.match(tried);
      expect(engines[0].productMilliseconds).to.be.above(0);
      expect(advice).to.have.length(1);
    });
  });
});

/** The folder of Node may hold the system's own package manager. */
function hasNoManager(folder: string): boolean {
  return folder !== "/usr/bin" && folder !== "/bin";
}
