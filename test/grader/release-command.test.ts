import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { gradedAssignment, readStudents, variantSeed } from "#internal/grader";
import { commandRunner } from "../cli/run.ts";
import { root } from "../house/source.ts";
import { skipUnless } from "../skip.ts";

describe("chalk-and-tape homework release", () => {
  const run = commandRunner();
  const isWritten = existsSync(join(root, "grader/hw4/source/hw4.ts"));

  it("--roster: a folder for each student, with the variant of the student's seed", async function () {
    skipUnless(this, isWritten, "grader/hw4/source");
    const { folder } = await run(["--version"]);
    writeFileSync(join(folder, "class.csv"), "\ufeffname,student\nAnn A.,ann\nBo B.,bo-2\n");
    const line = ["homework", "release", "hw4", "--out", "editions", "--roster", "class.csv"];
    const { status, stderr } = await run(line, { cwd: folder });
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(readdirSync(join(folder, "editions")).sort()).to.deep.equal(["ann", "bo-2"]);
    const { assignment } = await gradedAssignment("hw4");
    for (const student of ["ann", "bo-2"])
      for (const [name, text] of Object.entries(assignment.variant?.(variantSeed("hw4", student)) ?? {}))
        expect(readFileSync(join(folder, "editions", student, name), "utf8")).to.equal(text);
    expect(existsSync(join(folder, "editions/ann/hw4.ts"))).to.equal(true);
  });

  it("--nbgrader: a course", async function () {
    skipUnless(this, isWritten, "grader/hw4/source");
    const { status, stdout, folder } = await run(["homework", "release", "hw4", "--nbgrader", "course"]);
    expect(status).to.equal(0);
    expect(stdout).to.include("nbgrader_config.py");
    expect(readdirSync(join(folder, "course")).sort()).to.deep.equal([
      "nbgrader_config.py",
      "release",
      "source",
    ]);
  });

  it("--roster without --out, and an unknown assignment, are refused", async () => {
    const roster = await run(["homework", "release", "hw4", "--roster", import.meta.filename]);
    expect(roster.status).to.equal(2);
    expect(roster.stderr).to.include("--roster needs --out");
    expect((await run(["homework", "release", "hw7"])).status).to.equal(2);
  });

  it("the seed is the first four bytes of SHA-256, and the same for both spellings of an accent", () => {
    const first = createHash("sha256").update("hw4 ann").digest("hex").slice(0, 8);
    expect(variantSeed("hw4", "ann")).to.equal(Number.parseInt(first, 16));
    expect(variantSeed("hw4", "Zoe\u0301")).to.equal(variantSeed("hw4", "Zo\u00e9"));
    expect(variantSeed("hw3", "ann")).to.not.equal(variantSeed("hw4", "ann"));
  });

  const lists: readonly [string, string, readonly string[] | RegExp][] = [
    ["quotes", 'id,name\n"a,b","B, A"\n', ["a,b"]],
    ["the email where there is no id", "name,email\nAnn,ann@example.org\n", ["ann@example.org"]],
    ["no known column", "who\nann\n", /no column student/],
    ["no students", "student\n", /lists no students/],
    ["a blank id", "student,name\nann,A\n,B\n", /student 2 has no student/],
    ["an id twice, in other letters", "student\nann\nAnn\n", /Ann is there twice/],
    ["a row that is too long", "student\nann,1\n", /is not a CSV file/],
  ];
  for (const [what, text, expected] of lists)
    it(`a class list with ${what}`, async () => {
      const { folder } = await run(["--version"]);
      const path = join(folder, "class.csv");
      writeFileSync(path, text);
      if (expected instanceof RegExp) expect(() => readStudents(path)).to.throw(RangeError, expected);
      else expect(readStudents(path)).to.deep.equal(expected);
    });

  it("an id that would leave its folder is refused before anything is written", async function () {
    skipUnless(this, isWritten, "grader/hw4/source");
    const { folder } = await run(["--version"]);
    writeFileSync(join(folder, "class.csv"), "student\nann\n../bo\n");
    const line = ["homework", "release", "hw4", "--out", "editions", "--roster", "class.csv"];
    const { status, stderr } = await run(line, { cwd: folder });
    expect(status).to.equal(2);
    expect(stderr).to.include("cannot name a folder");
    expect(existsSync(join(folder, "editions"))).to.equal(false);
  });
});
