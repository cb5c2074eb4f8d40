import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { commandRunner } from "./run.ts";

// test/package/starter.test.ts works in the folder that it makes.
describe("chalk-and-tape new", () => {
  const run = commandRunner();

  it("makes a folder with a layer, its check and a notebook, and says how to go on", async () => {
    const { status, stdout, stderr, folder } = await run(["new", "My nets"]);
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.contain('cd "My nets"\n  npm install\n  npm run check');
    const manifest = JSON.parse(await readFile(join(folder, "My nets/package.json"), "utf8"));
    expect(manifest.name).to.equal("my-nets");
    expect(manifest.dependencies["chalk-and-tape"]).to.match(/^file:.*[^/]$/); // this is a clone
    const ignored = await readFile(join(folder, "My nets/.gitignore"), "utf8");
    for (const name of ["node_modules", "build", ".jupyter"]) expect(ignored.split("\n")).to.include(name);
  });

  it("--json: the folder, its files and the next steps", async () => {
    const { stdout, folder } = await run(["new", "nets", "--json"]);
    const made = JSON.parse(stdout);
    expect(made.folder).to.match(/nets$/);
    expect(made.files).to.include.members([
      "package.json",
      "tsconfig.json",
      "my-linear.ts",
      "my-linear.ipynb",
    ]);
    expect(made.next).to.deep.equal(["cd nets", "npm install", "npm run check"]);
    expect(await readFile(join(folder, "nets/README.md"), "utf8")).to.contain("npm run check");
  });

  it("refuses a folder with something in it, and leaves it as it is", async () => {
    const { folder } = await run(["--version"]);
    await writeFile(join(folder, "thesis.md"), "");
    const { status, stderr, stdout } = await run(["new", "."], { cwd: folder });
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.equal(
      "error: . is not empty: it holds thesis.md. Choose a new folder, such as my-networks\n",
    );
  });
});
