import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { commandRunner } from "../cli/run.ts";
import { root } from "../house/source.ts";
import { skipUnless } from "../skip.ts";

const edition = join(root, "homework/hw1/edition");

describe("chalk-and-tape homework start", () => {
  const run = commandRunner();

  before(function () {
    skipUnless(this, existsSync(join(edition, "hw1.ts")), "homework/hw1/edition");
  });

  it("makes a folder with the edition and what a package needs, and says how to go on", async () => {
    const { status, stdout, stderr, folder } = await run(["homework", "start", "hw1", "My work"]);
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.include('cd "My work"\n  npm install\n  npm run check\n  npm run notebook');
    const made = join(folder, "My work");
    const wanted = [...readdirSync(edition), ".gitignore", ".npmrc", "package.json", "tsconfig.json"];
    expect(readdirSync(made).sort()).to.deep.equal(wanted.sort());
    for (const name of readdirSync(edition))
      expect(readFileSync(join(made, name), "utf8")).to.equal(readFileSync(join(edition, name), "utf8"));
    const { name, scripts, dependencies } = JSON.parse(readFileSync(join(made, "package.json"), "utf8"));
    expect(name).to.equal("my-work");
    expect(scripts.check).to.equal("chalk-and-tape homework check hw1");
    expect(dependencies["chalk-and-tape"]).to.match(/^file:/);
  });

  it("refuses a folder of something else, and one that has the assignment, and changes nothing", async () => {
    const { folder } = await run(["homework", "start", "hw1", "mine"]);
    const path = join(folder, "mine", "hw1.ts");
    writeFileSync(path, "// my work\n");
    const again = await run(["homework", "start", "hw1", "mine"], { cwd: folder });
    expect(again.status).to.equal(2);
    expect(again.stderr).to.match(/hw1\.ts exists already.*choose another folder/);
    expect(readFileSync(path, "utf8")).to.equal("// my work\n");
    writeFileSync(join(folder, "thesis.md"), "");
    const other = await run(["homework", "start", "hw1", "."], { cwd: folder });
    expect(other.status).to.equal(2);
    expect(other.stderr).to.match(/^error: \. is not empty.*it holds .*thesis\.md/);
    expect(readdirSync(folder).sort()).to.deep.equal(["mine", "thesis.md"]);
  });

  it("adds to a folder that chalk-and-tape new has made, and leaves its files as they are", async () => {
    const { folder } = await run(["new", "nets"]);
    const manifest = readFileSync(join(folder, "nets/package.json"), "utf8");
    const { status, stdout } = await run(["homework", "start", "hw1", "nets"], { cwd: folder });
    expect(status).to.equal(0);
    expect(stdout).to.include("npx chalk-and-tape homework check hw1");
    expect(readFileSync(join(folder, "nets/package.json"), "utf8")).to.equal(manifest);
    expect(readFileSync(join(folder, "nets/README.md"), "utf8")).to.include("# My networks");
    expect(existsSync(join(folder, "nets/hw1.ts"))).to.equal(true);
  });

  it("refuses an unknown assignment", async () => {
    const { status, stderr } = await run(["homework", "start", "hw9", "mine"]);
    expect(status).to.equal(2);
    expect(stderr).to.include("hw9");
  });
});
