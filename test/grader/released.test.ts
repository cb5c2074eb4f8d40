import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import {
  editionOf,
  gradedAssignment,
  hiddenIn,
  readSources,
  solutionIn,
  stripSolutions,
} from "#internal/grader";
import { assignmentNames } from "#internal/homework";
import { root } from "../house/source.ts";
import { skipUnless } from "../skip.ts";
import { compilerErrors, kernelErrors, writeBesidePackage } from "./compile-edition.ts";
import { hw0Sources } from "./fixtures/hw0.ts";
import { resultsOf } from "./grade-edition.ts";

const isWritten = (id: string): boolean => existsSync(join(root, "grader", id, "source", `${id}.ts`));
const ids = assignmentNames.filter(isWritten);
const committed = (id: string): Readonly<Record<string, string>> => {
  const folder = join(root, "homework", id, "edition");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
};

describe("the released assignments", () => {
  it("compile under TypeScript 7 and 5.0.4, and both see a mistake", async () => {
    const hw0 = stripSolutions(hw0Sources.code, "hw0.ts");
    const paths = [
      writeBesidePackage("hw0-wrong", "hw0.ts", hw0.replace("lr < 0", "lr < none")),
      writeBesidePackage("hw0", "hw0.ts", hw0),
      ...ids.map((id) => {
        const { code, codePath } = readSources(id, root);
        return writeBesidePackage(id, `${id}.ts`, stripSolutions(code, codePath));
      }),
    ];
    const lines = (await compilerErrors(paths)).trim().split("\n");
    expect(lines.filter((line) => !/hw0-wrong.*Cannot find name 'none'/.test(line))).to.deep.equal([]);
    expect(lines).to.have.length(1);
    const errors = kernelErrors(paths);
    expect(errors.filter((line) => !/hw0-wrong.*Cannot find name 'none'/.test(line))).to.deep.equal([]);
    expect(errors).to.have.length(1);
  });

  for (const id of assignmentNames) {
    it(`${id}: the committed edition is what the source gives`, async function () {
      skipUnless(this, isWritten(id), `grader/${id}/source`);
      expect(committed(id)).to.deep.equal(editionOf(await gradedAssignment(id), readSources(id, root)));
    });

    it(`${id}: every check, public or hidden, fails on the edition`, async function () {
      skipUnless(this, isWritten(id), `grader/${id}/source`);
      const { code, codePath } = readSources(id, root);
      const results = await resultsOf(await gradedAssignment(id), stripSolutions(code, codePath));
      expect(results).to.not.have.length(0);
      expect(results.filter(({ share }) => share !== 0).map((one) => one.id)).to.deep.equal([]);
    });

    it(`${id}: nothing hidden and no line of the solution is in the committed edition`, async function () {
      skipUnless(this, isWritten(id), `grader/${id}/source`);
      const graded = await gradedAssignment(id);
      const sources = readSources(id, root);
      expect(graded.hidden).to.have.length.above(0);
      for (const [name, text] of Object.entries(committed(id)))
        expect([...hiddenIn(text, graded, sources.hidden), ...solutionIn(text, sources)], name).to.deep.equal(
          [],
        );
    });
  }

  it("no file of the npm package comes from the grader or tells anything hidden", async () => {
    const options = { cwd: root, maxBuffer: 2 ** 26 };
    const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = await promisify(execFile)("npm", pack, options);
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).to.include("dist/homework/index.js");
    expect(paths.filter((path) => /(^|\/)grader\//.test(path))).to.deep.equal([]);
    const texts = paths
      .filter((path) => /\.(js|ts|json|ipynb|md)$/.test(path))
      .map((path) => [path, readFileSync(join(root, path), "utf8")] as const);
    for (const id of ids) {
      const graded = await gradedAssignment(id);
      const { hidden } = readSources(id, root);
      const told = texts.flatMap(([path, text]) =>
        hiddenIn(text, graded, hidden).map((what) => `${path}: ${what}`),
      );
      expect(told).to.deep.equal([]);
    }
  });
});
