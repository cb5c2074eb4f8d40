import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect } from "chai";
import { findWall, NoWall, selfTest, type Wall, wallKinds, wallProblems } from "#internal/grader";
import { isExhaustive } from "../../exhaustive.ts";
import { skipUnless } from "../../skip.ts";

describe("the self-test of a wall", () => {
  let wall: Wall;

  before(async function () {
    try {
      wall = await findWall();
    } catch (error) {
      if (!(error instanceof NoWall)) throw error;
      skipUnless(this, false, `a wall (${error.message})`);
    }
  });

  it("finds that the wall of this machine holds", async () => {
    const rows = await selfTest(wall);
    expect(wallProblems(wall, rows)).to.deep.equal([]);
    for (const group of ["files", "network", "processes", "memory", "Node's --permission"])
      for (const kind of ["probe", "control"])
        expect(
          rows.some((row) => row.wall === group && row.kind === kind),
          `${kind} of ${group}`,
        ).to.equal(true);
  });

  it("finds each hole in a bad wall", async function () {
    skipUnless(this, wall.name === "bubblewrap", "bubblewrap, to leave out parts of it");
    const problems = wallProblems(wall, await selfTest(holed(wall)));
    for (const group of ["files", "network", "programs", "memory", "file size", "processor", "processes"])
      expect(
        problems.filter((line) => line.startsWith(`the wall does not hold (${group})`)),
        group,
      ).not.to.be.empty;
    expect(problems.filter((line) => line.includes("self-test is broken"))).to.deep.equal([]);
  });

  it("says that it is broken where nothing works at all", async () => {
    const dead: Wall = {
      ...wall,
      command: () => ({ file: "/bin/false", args: [], env: {}, cwd: "/" }),
    };
    const problems = wallProblems(dead, await selfTest(dead));
    expect(problems.filter((line) => line.includes("the self-test is broken (memory)"))).to.have.length(2);
  });

  for (const kind of wallKinds.slice(1))
    it(`holds for ${kind.name}, but for what it says itself`, async function () {
      skipUnless(this, isExhaustive, "CHALK_EXHAUSTIVE=1");
      let other: Wall;
      try {
        other = kind.find();
      } catch (error) {
        skipUnless(this, false, (error as Error).message);
        throw error;
      }
      const rows = await selfTest(other);
      expect(wallProblems(other, rows)).to.deep.equal([]);
      for (const open of other.open)
        expect(rows.filter((row) => row.wall === open && row.kind === "probe" && !row.holds)).not.to.be.empty;
    });
});

/** Bubblewrap as the grader's own user, with the machine's network, processes and files, a shell, and no limits. */
function holed(wall: Wall): Wall {
  const folder = realpathSync(tmpdir());
  const holes = ["--bind", folder, folder, "--bind", "/proc", "/proc", "--ro-bind", "/bin/sh", "/bin/sh"];
  return {
    ...wall,
    command(...where) {
      const { file, args, ...rest } = wall.command(...where);
      const [program = "", ...own] = [file, ...args].slice(
        [file, ...args].findIndex((word) => word.endsWith("/bwrap")),
      );
      const left = /^--(data|cpu|nproc|fsize)=|^--disable-userns$/;
      const without = own
        .filter((word) => !left.test(word))
        .map((word) => (word === "--unshare-all" ? "--unshare-uts" : word));
      const at = without.indexOf("--remount-ro", without.indexOf("--tmpfs"));
      return { ...rest, file: program, args: [...without.slice(0, at), ...holes, ...without.slice(at)] };
    },
  };
}
