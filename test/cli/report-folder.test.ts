import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { commandRunner } from "./run.ts";

const run = commandRunner();
const moons = ["compare", "--dataset", "moons", "--epochs", "1", "--limit", "9"];

describe("chalk-and-tape compare --report: the folder is tried before any training", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Expects one line with this reason, no training, and the folder as it was. */
  const refused = async (target: string, reason: RegExp): Promise<void> => {
    const before = await readdir(folder, { recursive: true });
    for (const json of [[], ["--json"]]) {
      const { status, stdout, stderr, left } = await run([...moons, "--report", target, ...json]);
      expect([status, stdout, left], stderr).to.deep.equal([2, "", []]);
      expect(stderr)
        .to.match(reason)
        .and.match(/^error: [^\n]*\n$/);
    }
    expect(await readdir(folder, { recursive: true })).to.deep.equal(before);
  };

  it("empty, blank, a file, in a file", async () => {
    await writeFile(join(folder, "file"), "");
    await refused("", /It is blank; expected a folder/);
    await refused(" ", /It is blank; expected a folder/);
    await refused(join(folder, "file"), /It is not a folder/);
    await refused(join(folder, "file", "x"), /It cannot be opened \(ENOTDIR/);
  });
  it("a device, and a place where no folder can be made", async function () {
    skipUnless(this, process.platform === "linux", "Linux's devices");
    await refused("/dev/full", /It is not a folder/);
    await refused(
      "/proc/x/y",
      /no report can be written there \(ENOENT.*choose another folder, or --no-report/,
    );
  });
  it("a name that is too long, below folders that would have to be made", () =>
    refused(join(folder, "a", "b", "x".repeat(300)), /ENAMETOOLONG/));
  it("a link to nothing", async function () {
    skipUnless(this, process.platform !== "win32", "links that need no right of their own");
    await symlink(join(folder, "nowhere"), join(folder, "link"));
    await refused(join(folder, "link"), /no report can be written there \(EEXIST/);
  });
  it("a folder in which compare.html is a folder", async () => {
    await mkdir(join(folder, "compare.html"));
    await refused(folder, /no report can be written there \(compare.html in it is a folder\)/);
  });
  it("a folder that is read only", async function () {
    skipUnless(this, process.platform !== "win32", "links that need no right of their own");
    await chmod(folder, 0o500);
    const readOnly = process.getuid?.() === 0 ? "/proc" : folder; // root may write almost everywhere
    await refused(readOnly, /no report can be written there \((EACCES|ENOENT|EPERM|EROFS)/);
  });
  it("the default, where a file has its name, says how to go on", async () => {
    await writeFile(join(folder, "report"), "");
    const { status, stdout, stderr } = await run(moons, { cwd: folder });
    expect([status, stdout], stderr).to.deep.equal([2, ""]);
    expect(stderr).to.match(
      /--report report: no report can be written there .*choose another folder, or --no-report/,
    );
  });
  it("folders that are missing are made", async () => {
    const target = join(folder, "a", "b");
    const { status, stderr } = await run([...moons, "--report", target]);
    expect([status, stderr, await readdir(target)]).to.deep.equal([0, "", ["compare.html"]]);
  });
});
