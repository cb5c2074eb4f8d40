import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { root } from "../house/source.ts";

const file = pathToFileURL(join(root, "dist/cli/jupyter/student-copy.js")).href;
const { studentCopy, withoutGuesses } = (await import(file)) as {
  readonly studentCopy: (ipynb: string) => string;
  readonly withoutGuesses: (code: string) => string;
};

describe("the student's copy of a lesson", () => {
  for (const guess of ["1", "1.0", "-3", "-0.25", ".5", "218_058", "1e-7", "-1.5E+3", "0xff", '"worse"', "'it is \\'less\\''", '"a \\"b\\", c"']) // biome-ignore format: one line
    it(`has no guess where the lesson guesses ${guess}`, () => {
      expect(withoutGuesses(`predict("a", "How?", ${guess} /* example guess */, { unit: "s" })`)).to.equal(
        'predict("a", "How?", null /* your guess */, { unit: "s" })',
      );
    });
  it("keeps every other number and text, and every guess on a line of its own", () => {
    const code = 'predict(\n  "a 1",\n  "How?",\n  -2 /* example guess */,\n);\nf(3 /* three */, "b");';
    expect(withoutGuesses(code)).to.equal(
      'predict(\n  "a 1",\n  "How?",\n  null /* your guess */,\n);\nf(3 /* three */, "b");',
    );
  });
  it("has no outputs, and is the lesson in all else", () => {
    const lesson = {
      cells: [
        { cell_type: "markdown", id: "a", metadata: {}, source: ["1 /* example guess */"] },
        {
          cell_type: "code",
          execution_count: 3,
          id: "b",
          metadata: { tags: ["timed"] },
          outputs: [{ output_type: "stream", name: "stdout", text: "0.69" }],
          source: ['predict("p", "How?",\n', "  1 /* example guess */)\n", "1 + 1"],
        },
      ],
      metadata: { kernelspec: { name: "tslab" } },
      nbformat: 4,
    };
    const [text, code] = lesson.cells;
    expect(JSON.parse(studentCopy(JSON.stringify(lesson)))).to.deep.equal({
      ...lesson,
      cells: [
        text,
        {
          ...code,
          execution_count: null,
          outputs: [],
          source: ['predict("p", "How?",\n', "  null /* your guess */)\n", "1 + 1"],
        },
      ],
    });
  });
});
