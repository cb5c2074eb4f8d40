import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import {
  type AdditionFlags,
  type Ground,
  gradeAll,
  type ReadAdditions,
  readAdditions,
  writeRunSettings,
} from "#internal/grader";
import { handed, Scratch, secret, texts, tiny, tinyGround } from "./tiny.ts";

describe("what people add to a class table", function () {
  this.timeout(60_000);
  const scratch = new Scratch();
  let ground: Ground & { remove(): void };
  const out = scratch.path("class");
  const files = {
    overrides: scratch.path("overrides.csv"),
    rubric: scratch.path("rubric.csv"),
    roster: scratch.path("roster.csv"),
  };
  before(async () => {
    ground = await tinyGround();
    await gradeAll({
      graded: tiny,
      submissions: [handed("ada", texts.right.text)],
      out,
      secret,
      ground,
      jobs: 1,
    });
    writeFileSync(files.roster, "student,extension\nada,24\n");
    writeFileSync(files.overrides, "student,check,points,reason\nada,doubles,1,seen\n");
    writeFileSync(files.rubric, "student,essay,points,comment\nada,answers.why,1,good\n");
  });
  after(() => {
    ground?.remove();
    scratch.remove();
  });
  const call = async (flags: AdditionFlags): Promise<ReadAdditions> => {
    const additions = await readAdditions(out, tiny, flags);
    await writeRunSettings(out, additions);
    return additions;
  };

  it("stays when a later call does not name it: roster, deadline, late rule, overrides, rubric scores", async () => {
    const late = { due: "2026-03-01T23:59:00Z", late: "10% per day, at most 3" };
    const given = await call({ ...files, ...late });
    expect([given.overrides?.length, given.rubric?.length, given.roster.length]).to.deep.equal([1, 1, 1]);
    expect(await call({})).to.deep.equal(given);
    expect(await call({})).to.deep.equal(given);
  });

  it("is replaced by a table that is given again, and the others stay", async () => {
    writeFileSync(files.overrides, "student,check,points,reason\nada,total,3,agreed\n");
    const { overrides, rubric } = await call({ overrides: files.overrides });
    expect(overrides).to.deep.equal([{ student: "ada", check: "total", points: 3, reason: "agreed" }]);
    expect(rubric).to.have.length(1);
    writeFileSync(files.overrides, "student,check,points,reason\n");
    expect((await call({ overrides: files.overrides })).overrides).to.deep.equal([]);
  });

  it("is kept in run.json, which does not hold the secret", () => {
    expect(existsSync(`${out}/run.json`)).to.equal(true);
    expect(readFileSync(`${out}/run.json`, "utf8")).to.not.include(secret);
  });
});
