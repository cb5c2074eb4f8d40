import { expect } from "chai";
import { findWall, NoWall, noWall, type WallKind, WallMissing, whyNotGrade } from "#internal/grader";

const missing: WallKind = {
  name: "a moat",
  find() {
    throw new WallMissing("there is no water; dig a well");
  },
};
const here: WallKind = { name: "here", find: () => ({ ...noWall, name: "here" }) };

describe("findWall", () => {
  it("takes the first wall that this machine has", async () => {
    expect((await findWall({ kinds: [missing, here] })).name).to.equal("here");
  });

  it("refuses without a wall, with each reason", async () => {
    let error: unknown = null;
    await findWall({ kinds: [missing] }).catch((caught: unknown) => {
      error = caught;
    });
    expect(error).to.be.instanceOf(NoWall);
    expect((error as NoWall).message)
      .to.include("a moat: there is no water; dig a well")
      .and.include("--unsafe");
  });

  it("goes without a wall only if told so, and its name says it", async () => {
    const wall = await findWall({ kinds: [missing], unsafe: true });
    expect(wall).to.include({ name: "none (--unsafe)", networkOpen: true });
    expect((await findWall({ kinds: [here], unsafe: true })).name).to.equal("here");
  });

  for (const [version, isRefused] of [
    ["18.20.8", true],
    ["20.19.6", true],
    ["20.20.0", false],
    ["21.7.3", true],
    ["22.21.9", true],
    ["22.22.0", false],
    ["23.11.0", true],
    ["24.12.0", true],
    ["24.13.0", false],
    ["25.3.0", true],
    ["26.1.0", false],
  ] as const)
    it(`${isRefused ? "refuses" : "accepts"} Node ${version}`, () => {
      const why = whyNotGrade(version);
      if (isRefused) expect(why).to.include(version).and.include("22.22");
      else expect(why).to.equal(null);
    });
});
