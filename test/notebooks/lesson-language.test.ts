import { expect } from "chai";
import { type CodeCell, codeOf } from "./authoring/lesson-source.ts";
import { languageProblems, plumbingProblems, syntaxKinds } from "./lesson-language.ts";
import { lessons } from "./lessons.ts";

describe("the language of lessons", () => {
  const shown = syntaxKinds(
    lessons.filter(({ name }) => name.startsWith("00-")).flatMap(({ cells }) => codeOf(cells)),
  );

  for (const { name, cells } of lessons) {
    it(`${name} uses only the syntax that lesson 00 shows`, () => {
      expect(languageProblems(codeOf(cells), shown).join("\n")).to.equal("");
    });
    it(`${name} has no plumbing`, () => {
      expect(plumbingProblems(codeOf(cells)).join("\n")).to.equal("");
    });
  }
});

describe("the lint of lessons itself", () => {
  const cell = (text: string): CodeCell => ({ kind: "code", id: "c", text, isTimed: false });
  const shown = syntaxKinds([cell("const list = [1, 2]; for (const x of list) { print(x * 2); }")]);
  const kinds = (text: string): string[] =>
    languageProblems([cell(text)], shown).map((problem) => problem.replace(/.* show (\w+):.*/, "$1"));

  it("passes what lesson 00 shows, in another order and with other names", () => {
    expect(kinds("for (const y of [3]) { print(y); const z = y * 4; }")).to.deep.equal([]);
  });
  for (const [text, kind] of [
    ["const x = a ?? b;", "QuestionQuestionToken"],
    ["const x = a?.b;", "QuestionDotToken"],
    ["const f = <T>(x: T) => x;", "TypeParameter"],
    ["while (true) { print(1); }", "WhileStatement"],
    ["const x = list[0];", "ElementAccessExpression"],
    ["const x = a as B;", "AsExpression"],
    ["label: for (const x of list) { print(x); }", "LabeledStatement"],
  ] as const)
    it(`names ${kind} if lesson 00 has none`, () => {
      expect(kinds(text)).to.include(kind);
    });
  it("passes another comparison, another basic type", () => {
    const known = syntaxKinds([cell("const a: number = 1 < 2;")]);
    expect(languageProblems([cell("const b: boolean = 3 >= 2;")], known)).to.deep.equal([]);
  });
  it("names each kind once in a cell, with the cell", () => {
    expect(languageProblems([cell("print(a ?? b, c ?? d);")], shown)).to.deep.equal([
      "cell c: lesson 00 does not show QuestionQuestionToken: ??",
    ]);
  });

  for (const text of [
    "Array.from(x)",
    "x.flat()",
    "np.linspace(0, 1, 9)\n  .flat()",
    "Object.entries(o)",
    "console.table(rows)",
    "for (let i = 0; i < 3; i++) print(x[i]);",
    "for (let i = 0; i < x.length; i++) print(i);",
    "for (const key in o) print(key);",
    "x as number",
    "x!.grad",
  ])
    it(`names the plumbing in ${JSON.stringify(text)}`, () => {
      expect(plumbingProblems([cell(text)])).to.have.length(1);
    });
  it("passes a loop that counts epochs, a loop over a list, and `flat` of another kind", () => {
    expect(
      plumbingProblems([cell('for (const x of list) print(flat(x), "as", !x, x.flatten());')]),
    ).to.deep.equal([]);
  });
});
