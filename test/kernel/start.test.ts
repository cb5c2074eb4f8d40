import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { expect } from "chai";
import { kernelspec } from "#internal/kernel";
import { Kernel } from "../notebooks/kernel.ts";
import { problem } from "../notebooks/run-notebook.ts";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("chalk-and-tape/package.json"));

describe("the kernel's start", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "chalk-and-tape-start-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("starts from a kernelspec with absolute paths", () => {
    const { argv, ...rest } = kernelspec();
    expect(argv.slice(0, -1).every(isAbsolute)).to.equal(true);
    expect(argv.at(-1)).to.equal("{connection_file}");
    expect(rest).to.deep.equal({
      display_name: "TypeScript",
      language: "typescript",
      interrupt_mode: "message",
    });
  });

  it("lends the package, with types, to a folder that has none, and to the modules in it", async () => {
    writeFileSync(
      join(folder, "mine.ts"),
      'import * as np from "chalk-and-tape/np";\nexport function two(): np.NDArray { return np.ones([2]); }\n',
    );
    const kernel = await Kernel.start(folder);
    try {
      const uses =
        'import { two } from "./mine"; import * as np from "chalk-and-tape/np"; import { readFileSync } from "node:fs"; console.log(typeof readFileSync); np.ones([2]).add(two()).sum().item()';
      const { result, stdout } = await kernel.execute(uses);
      expect([stdout, result?.["text/plain"]]).to.deep.equal(["function\n", "4"]);
      expect(problem(await kernel.execute("const text: string = two()"))).to.match(
        /'NDArray' is not assignable/,
      );
      expect(problem(await kernel.execute('require("chalk-and-tape/nothing")'))).to.match(/nothing/);
      expect(problem(await kernel.execute('require("nothing")'))).to.match(/Cannot find module 'nothing'/);
    } finally {
      await kernel.stop();
    }
  });

  /** A copy of the built kernel with a tslab that says it is another version. */
  function withTslab(version: string): string[] {
    const tslab = dirname(require.resolve("tslab/package.json"));
    const copy = join(folder, "node_modules", "tslab");
    cpSync(join(root, "dist", "kernel"), join(folder, "dist", "kernel"), { recursive: true });
    cpSync(join(root, "package.json"), join(folder, "package.json"));
    mkdirSync(copy, { recursive: true });
    for (const part of ["bin", "dist", "node_modules"]) symlinkSync(join(tslab, part), join(copy, part));
    const manifest: object = JSON.parse(readFileSync(join(tslab, "package.json"), "utf8"));
    writeFileSync(join(copy, "package.json"), JSON.stringify({ ...manifest, version }));
    return [process.execPath, join(folder, "dist", "kernel", "main.js")];
  }

  it("falls back to plain tslab, and says so in one sentence, when another version is installed", async () => {
    const kernel = await Kernel.start(folder, { name: "the copy", argv: withTslab("1.0.99") });
    try {
      expect(kernel.ownStderr).to.match(
        /^This kernel needs tslab 1\.0\.22 and found 1\.0\.99, so plain tslab .*\.\n$/,
      );
      expect((await kernel.execute("1 + 1")).stdout).to.match(/2/);
      expect((await kernel.execute("throw new Error('plain')")).stderr).to.match(/plain/);
    } finally {
      await kernel.stop();
    }
  });

  it("does not fall back for the version that it was made for", async () => {
    const argv = withTslab("1.0.22");
    for (const name of ["@tslab", "zeromq"])
      symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
    const kernel = await Kernel.start(folder, { name: "the copy", argv });
    try {
      expect(kernel.ownStderr).to.equal("");
      expect((await kernel.execute("1 + 1")).result?.["text/plain"]).to.equal("2");
    } finally {
      await kernel.stop();
    }
  });

  it("fails with what to install when there is no tslab", async () => {
    const argv = withTslab("1.0.22");
    rmSync(join(folder, "node_modules"), { recursive: true });
    const started = Kernel.start(folder, { name: "the copy", argv }).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(await started).to.match(/tslab is not installed; run `npm install tslab@1\.0\.22`/);
  });
});
