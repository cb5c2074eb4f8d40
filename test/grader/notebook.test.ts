import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect } from "chai";
import { editionOf, nbgraderCourse, notebookCells, notebookFile } from "#internal/grader";
import { skipUnless } from "../skip.ts";
import { hw0, hw0Sources } from "./fixtures/hw0.ts";

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: null;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly nbgrader?: Readonly<Record<string, unknown>>;
  };
}

const edition = editionOf(hw0, hw0Sources);
const course = nbgraderCourse(hw0, hw0Sources, edition);
const released = JSON.parse(edition["hw0.ipynb"] as string) as {
  nbformat: number;
  nbformat_minor: number;
  cells: Cell[];
};
const source = JSON.parse(course["source/hw0/hw0.ipynb"] as string) as { cells: Cell[] };
const cellOf = (id: string, cells = released.cells): Cell => cells.find((cell) => cell.id === id) as Cell;

/** nbgrader's rules for a cell, as its schema 3 and its validator say them. */
function metadataProblems({ cell_type, source: lines, metadata: { nbgrader, ...rest }, id }: Cell): string[] {
  if (!nbgrader) return Object.keys(rest);
  const {
    schema_version,
    grade,
    solution,
    locked,
    task,
    grade_id,
    points,
    checksum,
    cell_type: type,
    ...more
  } = nbgrader;
  const flag = (value: unknown): string => (value ? "True" : "False");
  const parts = [lines.join(""), cell_type, flag(grade), flag(solution), flag(locked), grade_id];
  if (grade) parts.push((points as number) % 1 === 0 ? (points as number).toFixed(1) : `${points}`);
  const right: readonly [string, boolean][] = [
    ["no other fields", Object.keys(more).length === 0],
    ["schema_version", schema_version === 3],
    ["flags", [grade, solution, locked, task].every((value) => typeof value === "boolean")],
    ["task", task === false],
    ["grade_id", typeof grade_id === "string" && /^[a-zA-Z0-9_-]+$/.test(grade_id) && grade_id === id],
    [
      "points of graded cells alone",
      grade ? typeof points === "number" && points >= 0 : points === undefined,
    ],
    ["cell_type", type === cell_type],
    ["a graded text is an answer", cell_type === "code" || grade === solution],
    ["answers are open, the others locked", locked === !solution],
    ["deletable", rest.deletable === false],
    ["editable", solution ? rest.editable === undefined : rest.editable === false],
    ["checksum", checksum === createHash("md5").update(parts.join("")).digest("hex")],
  ];
  return right.flatMap(([what, holds]) => (holds ? [] : [`${id}: ${what}`]));
}

describe("the notebook of an edition", () => {
  it("has each cell once, in order", () => {
    expect(released.cells.map(({ id }) => id)).to.deep.equal([
      "before-imports",
      "imports",
      "before-try",
      "try",
      "check-1",
      "before-predict",
      "predict",
      "check-two",
      "check-all",
      "essay-width",
      "end",
    ]);
    expect([released.nbformat, released.nbformat_minor]).to.deep.equal([4, 5]);
  });

  it("has nbgrader's metadata, field by field, with right checksums", () => {
    expect(released.cells.flatMap(metadataProblems)).to.deep.equal([]);
    const ids = released.cells.flatMap(({ metadata }) => metadata.nbgrader?.grade_id ?? []);
    expect(new Set(ids).size).to.equal(10); // all but "try"
  });

  it("the rules find a wrong field", () => {
    const cell = cellOf("check-two");
    const nbgrader = { ...cell.metadata.nbgrader, points: 2 };
    expect(metadataProblems({ ...cell, metadata: { ...cell.metadata, nbgrader } })).to.deep.equal([
      "check-two: checksum",
    ]);
  });

  it("the points of check cells are those of their task's public checks; a person grades the essay", () => {
    const marks = (id: string): unknown => {
      const { grade, solution, locked, points } = cellOf(id).metadata.nbgrader ?? {};
      return [cellOf(id).cell_type, grade, solution, locked, points];
    };
    expect(marks("check-1")).to.deep.equal(["code", true, false, true, 2]);
    expect(marks("check-two")).to.deep.equal(["code", true, false, true, 2.5]);
    expect(marks("essay-width")).to.deep.equal(["markdown", true, true, false, 4]);
    expect(marks("predict")).to.deep.equal(["code", false, true, false, undefined]);
    expect(marks("imports")).to.deep.equal(["code", false, false, true, undefined]);
    expect(marks("check-all")).to.deep.equal(["code", false, false, true, undefined]);
    expect(marks("end")).to.deep.equal(["markdown", false, false, true, undefined]);
    expect(cellOf("try").metadata).to.deep.equal({});
  });

  it("a checksum from nbgrader's own formula, by hand", () => {
    const text = 'await checkHomework("hw0", { task: 2 });codeTrueFalseTruecheck-two2.5';
    const expected = createHash("md5").update(text).digest("hex");
    expect(cellOf("check-two").metadata.nbgrader?.checksum).to.equal(expected);
    const first = 'await checkHomework("hw0", { task: 1 });codeTrueFalseTruecheck-12.0';
    expect(cellOf("check-1").metadata.nbgrader?.checksum).to.equal(
      createHash("md5").update(first).digest("hex"),
    );
  });

  it("has no solution, and nbgrader's source has it, without checksums", () => {
    expect(cellOf("predict").source.join("")).to.equal(
      '// YOUR CODE HERE\nthrow new Error("not written yet: predict");',
    );
    expect(cellOf("essay-width").source.join("")).to.equal(
      "Why is a wider layer harder to train?\n\nYOUR ANSWER HERE",
    );
    const before = cellOf("predict", source.cells);
    expect(before.source.join("")).to.include("// BEGIN SOLUTION\nconst predictedRank");
    expect(before.metadata).to.deep.equal({
      nbgrader: {
        schema_version: 3,
        grade: false,
        solution: true,
        locked: false,
        task: false,
        grade_id: "predict",
      },
    });
    expect(cellOf("essay-width", source.cells).source.join("")).to.include("than the samples can settle");
  });

  it("puts the lines out of order into a fold-out", () => {
    const text = cellOf("before-predict").source.join("");
    expect(text)
      .to.include("<details>")
      .and.include("const dx = dy.matmul(W); // (N, D)")
      .and.not.include("ORDER");
  });

  const refused: readonly [string, (markdown: string) => string, RegExp][] = [
    [
      "a cell without a name",
      (text) => text.replace("```typescript try", "```typescript"),
      /hw0\.md:16: name the cell/,
    ],
    [
      "a name that is there twice",
      (text) => text.replace("typescript try", "typescript imports"),
      /named imports too/,
    ],
    [
      "a name of a text",
      (text) => text.replace("typescript try", "typescript before-end"),
      /is the name of a text/,
    ],
    [
      "a fence that is not closed",
      (text) => `${text}\n\`\`\`typescript last\n1;`,
      /cell last is never closed/,
    ],
    ["two check cells of a task", (text) => text.replace("task: 2", "task: 1"), /task 1 has 2 cells/],
    ["a task without a check cell", (text) => text.replace("check-two", "chuck-two"), /task 2 has 0 cells/],
    ["a task without checks", (text) => text.replace("task: 2", "task: 3"), /task 3, which has no public/],
    [
      "an essay that nobody asked for",
      (text) => text.replace("essay-width", "essay-depth"),
      /essay-depth names no|essay width has no/,
    ],
    [
      "an essay without a cell",
      (text) => text.replace("```markdown essay-width", "```markdown"),
      /essay width has no cell/,
    ],
    [
      "markers in a text",
      (text) => text.replace("That is all.", "BEGIN SOLUTION\nAll.\nEND SOLUTION"),
      /stand wrongly in end/,
    ],
    [
      "an essay's marker without its end",
      (text) => text.replace(/END SOLUTION\n```\n\nThat/, "```\n\nThat"),
      /stand wrongly in essay-width/,
    ],
    [
      "a cell's marker without its end",
      (text) => text.replace("// END SOLUTION", ""),
      /cell predict:1: BEGIN/,
    ],
  ];
  for (const [what, change, message] of refused)
    it(`refuses ${what}`, () => {
      const notebook = change(hw0Sources.notebook);
      expect(notebook).to.not.equal(hw0Sources.notebook);
      expect(() => editionOf(hw0, { ...hw0Sources, notebook })).to.throw(RangeError, message);
    });

  it("keeps a cell inside another fence as text", () => {
    const cells = notebookCells("````md\n```typescript no-cell\n1;\n```\n````\n\n```sh\nls\n```\n", "a.md");
    expect(cells.map(({ id }) => id)).to.deep.equal(["end"]);
  });

  it("is valid for nbformat", function () {
    const validate =
      "import sys, json, nbformat; nbformat.validate(nbformat.from_dict(json.load(sys.stdin)))";
    const has = spawnSync("python3", ["-c", "import nbformat"]).status === 0;
    skipUnless(this, has, "python3 with nbformat");
    for (const name of ["release/hw0/hw0.ipynb", "source/hw0/hw0.ipynb"]) {
      const { status, stderr } = spawnSync("python3", ["-c", validate], {
        input: course[name],
        encoding: "utf8",
      });
      expect(status, stderr).to.equal(0);
    }
  });

  it("a notebook without metadata of nbgrader would lose points", () => {
    expect(() => notebookFile([], hw0.assignment, "hw0.md", "release")).to.throw(
      RangeError,
      /task 1 has 0 cells/,
    );
  });
});
