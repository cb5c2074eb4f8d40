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

/** Bubblewrap with the machine's files and network, its processes, and without limits. */
function holed(wall: Wall): Wall {
  return {
    ...wall,
    command(...where) {
      const { args, ...rest } = wall.command(...where);
      const without = args.filter(
        (word) => !/^--(data|cpu|nproc|fsize)=|^--(unshare-all|disable-userns)$/.test(word),
      );
      const at = without.indexOf("--clearenv");
      const machine = ["--bind", "/", "/"];
      return { ...rest, args: [...without.slice(0, at), ...machine, ...without.slice(at)] };
    },
  };
}
