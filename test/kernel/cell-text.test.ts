import { expect } from "chai";
import fc from "fast-check";
import { Cell, keptDeclarations, originalOffset, thrownError, withInserts } from "#internal/kernel";

describe("a cell's text, before tslab reads it", () => {
  it("has its inserts in place, and every offset finds the way back", () => {
    const insert = fc.record({ at: fc.nat(20), text: fc.constantFrom("", "x", ": rng", '"') });
    fc.assert(
      fc.property(fc.array(insert, { maxLength: 6 }), (inserts) => {
        const sorted = inserts.sort((a, b) => a.at - b.at);
        const cell = "abcdefghijklmnopqrstu";
        const longer = withInserts(cell, sorted);
        const isOriginal = [...longer].map(() => true);
        let added = 0;
        for (const { at, text } of sorted) {
          isOriginal.fill(false, at + added, at + added + text.length);
          added += text.length;
        }
        expect([...longer].filter((_, i) => isOriginal[i]).join("")).to.equal(cell);
        for (const [i, character] of [...longer].entries()) {
          const back = originalOffset(sorted, i);
          if (isOriginal[i]) expect(cell[back]).to.equal(character);
          else expect(sorted.map(({ at }) => at)).to.include(back);
        }
      }),
    );
  });

  const spelled: Record<string, [from: string, to: string]> = {
    "names shorthands": ["f({ rng, a: { b } })", "f({ rng: rng, a: { b: b } })"],
    "leaves __proto__ alone": ["f({ __proto__ })", "f({ __proto__ })"],
    "quotes renamed properties": ["const { a: b, c } = o", 'const { "a": b, c } = o'],
    "blanks an export": ["export const a = 1", "       const a = 1"],
    "keeps a default export and a list": ["export default f; export { a }", "export default f; export { a }"],
  };
  for (const [what, [from, to]] of Object.entries(spelled))
    it(what, () => {
      expect(new Cell(from, 1).spelled.replace(/\/\*⟦\d+⟧\*\//g, "")).to.equal(to);
    });

  it("marks lines of statements, members and arguments, and never the value of a return", () => {
    const { spelled } = new Cell(
      "f(\n  a,\n);\nfunction g() {\n  return (\n    a as b\n  );\n}\nx\n  .y()",
      1,
    );
    const lines = spelled.split("\n").map((line) => /⟦(\d+)⟧/.exec(line)?.[1] ?? "");
    expect(lines).to.deep.equal(["1", "2", "", "4", "5", "", "", "", "9", "10"]);
  });
});

describe("declarations after a cell that failed", () => {
  const before = "declare let a: number;\ndeclare const old: string, b: boolean;\ndeclare class C {\n}\n";
  const after =
    'import * as np from "n";\nimport { x, y } from "m";\ndeclare let a: string, c: number;\ndeclare function f(): void;\ninterface T {\n}\ndeclare const b: boolean;\n';
  it("are the new ones of what has a value, and the old ones of what has none", () => {
    expect(keptDeclarations(before, after, new Set(["a", "f"]))).to.equal(
      'import * as np from "n";\nimport { x, y } from "m";\ndeclare let c: number;\ninterface T {\n}\ndeclare const b: boolean;\ndeclare let a: number;\n',
    );
  });
  it("without the imports that did not load", () => {
    expect(keptDeclarations("", after, new Set(["x", "y", "np", "a", "c", "f", "b"]))).to.equal(
      "interface T {\n}\n",
    );
  });
});

describe("an error's traceback", () => {
  const trace = (stack: string): readonly string[] => {
    const error = Object.assign(new Error("no"), { stack });
    return thrownError(error, new Map([["cell-3.ts", new Cell("f()", 3)]])).traceback;
  };
  it("names the cell, even where its line is not known, and stops there", () => {
    const stack =
      "Error: no\n    at Object.f (cell-3.ts:9:2)\n    at async g (cell-3.ts:9:2)\n    at cell-3.ts:9:2\n    at h (/x.js:1:1)";
    expect(trace(stack)).to.deep.equal([
      "Error: no",
      "    at f (cell 3)",
      "    at async g (cell 3)",
      "    at cell 3",
    ]);
  });
  it("keeps the frames of other files, with file addresses as paths, and leaves Node's out", () => {
    const stack =
      "Error: no\n    at h (file:///a/x.js:1:2)\n    at new A (/a/y.js:3:4)\n    at node:internal/x:1:1";
    expect(trace(stack)).to.deep.equal(["Error: no", "    at h (/a/x.js:1:2)", "    at new A (/a/y.js:3:4)"]);
  });
});
