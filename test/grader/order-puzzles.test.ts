import { expect } from "chai";
import { puzzlesIn } from "#internal/grader";
import { isRightOrder } from "#internal/homework";
import { hw0Sources } from "./fixtures/hw0.ts";

const offered = (body: string): readonly string[] => {
  const code = `function f(dy: number, x: number, W: number) {\n// BEGIN SOLUTION\n${body}\n// END SOLUTION\n}`;
  return puzzlesIn({ code, codePath: "f.ts", notebook: "<!-- ORDER f -->" })[0]?.lines ?? [];
};

describe("lines that are offered out of order", () => {
  it("are all lines of the solution, in no right order, with their comments", () => {
    const [puzzle] = puzzlesIn(hw0Sources);
    expect(puzzle?.name).to.equal("backward");
    expect([...(puzzle?.lines ?? [])].sort()).to.deep.equal([
      "const dW = transposed.matmul(x); // (M, D)",
      "const dx = dy.matmul(W); // (N, D)",
      "const transposed = dy.T; // (M, N)",
      "return { dx, dW };",
    ]);
    expect(isRightOrder(puzzle?.lines ?? [], [1, 2, 3, 4])).to.equal(false);
    expect(puzzlesIn(hw0Sources)).to.deep.equal([puzzle]);
  });

  const refused: readonly [string, string][] = [
    [
      "a name that is read before it is written again",
      "let s = dy;\nconst t = s;\ns = s + x;\nreturn s + t;",
    ],
    ["a name that is read before and after it is written", "const a = W;\nW = dy;\nreturn W;"],
    [
      "two calls that change one object",
      "const list: number[] = [];\nlist.push(dy);\nlist.push(x);\nreturn list;",
    ],
    ["two calls that may change what they are given", "const a = [x];\nfill(a);\nspill(a);\nreturn a;"],
    ["a line that may leave early", "if (x > 0) return dy;\nconst a = W;\nreturn a;"],
    ["a closure that writes", "let s = 0;\nconst add = () => { s += dy; };\nconst t = s;\nadd();\nreturn t;"],
    ["a loop that writes", "let s = 0;\nconst t = s;\nfor (let i = 0; i < 3; i++) s += i;\nreturn s + t;"],
    [
      "a name that is another one inside an arrow",
      "const a = [x].map((b) => b * 2);\nconst b = dy;\nreturn [a, b];",
    ],
    ["the same line twice", "f();\nf();"],
  ];
  for (const [what, body] of refused)
    it(`refuse ${what}`, () =>
      expect(() => offered(body)).to.throw(RangeError, /^f\.ts: the lines of f cannot/));

  for (const body of [
    "let s = dy;\ns = s + x;\nconst t = s;\nreturn t;",
    "const a = [x];\nfill(a);\nconst b = a[0];\nreturn b;",
    "let s = 0;\nfor (let i = 0; i < 3; i++) s += i;\nconst t = s;\nreturn t;",
  ])
    it(`are taken where only one order works: ${body.split("\n")[1]}`, () => {
      const lines = offered(body);
      const order = body.split("\n").map((line) => lines.indexOf(line) + 1);
      expect(isRightOrder(lines, order)).to.equal(true);
      const [first, second, ...rest] = order as [number, number, number, number];
      expect(isRightOrder(lines, [second, first, ...rest])).to.equal(false);
      expect(isRightOrder(lines, [first, rest[0] as number, second, rest[1] as number])).to.equal(false);
    });

  it("refuse a function without one solution", () => {
    const notebook = "<!-- ORDER backwards -->";
    expect(() => puzzlesIn({ ...hw0Sources, notebook })).to.throw(RangeError, /backwards has 0 solutions/);
  });
});
