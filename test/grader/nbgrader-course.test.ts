import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { editionOf, nbgraderConfig, nbgraderCourse } from "#internal/grader";
import { skipUnless } from "../skip.ts";
import { hw0, hw0Sources } from "./fixtures/hw0.ts";

/** Runs the config as nbgrader does, with `get_config` in its names. */
function runConfig(
  words: readonly string[],
  then: string,
): { status: number | null; stdout: string; stderr: string } {
  const program = `
import sys, json
class Config(dict):
    def __getattr__(self, name): return self.setdefault(name, Config())
    def __setattr__(self, name, value): self[name] = value
config = Config()
sys.argv = ["nbgrader", *json.loads(sys.argv[1])]
exec(compile(sys.stdin.read(), "nbgrader_config.py", "exec"), {"get_config": lambda: config})
${then}`;
  return spawnSync("python3", ["-c", program, JSON.stringify(words)], {
    input: nbgraderConfig,
    encoding: "utf8",
  });
}

describe("an nbgrader course", () => {
  const edition = editionOf(hw0, hw0Sources);
  const course = nbgraderCourse(hw0, hw0Sources, edition);

  it("has the config, and source and release of the assignment", () => {
    const files = ["hw0.ts", "hw0.ipynb", "README.md", "order.json"];
    expect(Object.keys(course).sort()).to.deep.equal(
      [
        "nbgrader_config.py",
        ...files.map((name) => `release/hw0/${name}`),
        ...files.map((name) => `source/hw0/${name}`),
      ].sort(),
    );
    for (const name of files) expect(course[`release/hw0/${name}`]).to.equal(edition[name]);
  });

  it("has no solution in what nbgrader copies as it is", () => {
    expect(course["source/hw0/hw0.ts"]).to.equal(edition["hw0.ts"]);
    expect(course["source/hw0/hw0.ipynb"]).to.include("BEGIN SOLUTION");
  });

  it("its config refuses autograde and says why, and lets the other commands run", function () {
    skipUnless(this, spawnSync("python3", ["--version"]).status === 0, "python3");
    const refused = runConfig(["autograde", "hw1"], "print('went on')");
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.match(/gives points to code that failed.*homework grade/);
    expect(refused.stdout).to.equal("");
    const collect = runConfig(["collect", "hw1"], "print(config.ClearSolutions.code_stub['typescript'])");
    expect(collect.stderr).to.equal("");
    expect(collect.stdout).to.equal('// YOUR CODE HERE\nthrow new Error("not written yet");\n');
  });

  it("its config refuses autograde without a command line too, before a notebook is read", function () {
    skipUnless(this, spawnSync("python3", ["--version"]).status === 0, "python3");
    for (const name of ["sanitize_preprocessors", "autograde_preprocessors"]) {
      const { status, stderr } = runConfig(["formgrader"], `config.Autograde.${name}[0](None, {})`);
      expect(status).to.equal(1);
      expect(stderr).to.match(/RuntimeError: nbgrader autograde is refused/);
    }
  });
});
