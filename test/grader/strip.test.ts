import { expect } from "chai";
import { expectMarkers, stripSolutions } from "#internal/grader";
import { hw0Sources } from "./fixtures/hw0.ts";

const strip = (text: string): string => stripSolutions(text, "hw0.ts");
const inFunction = (lines: string): string => `function f(x: number) {\n${lines}\n}\n`;

describe("stripping solutions", () => {
  const edition = strip(hw0Sources.code);

  it("puts an error that names the function, and the prompts, in the place of a solution", () => {
    expect(edition).to.include(
      [
        "export function forward(x: np.NDArray, W: np.NDArray): np.NDArray {",
        "  // YOUR CODE HERE",
        "  // (N, D)·(D, M) → (N, M)",
        "  // Which of the two is transposed?",
        '  throw new Error("not written yet: forward");',
        "}",
      ].join("\n"),
    );
    expect(edition).to.include(
      '    // YOUR CODE HERE\n    throw new Error("not written yet: Learner.step");\n  }',
    );
    expect(edition).to.include(
      '=> {\n  // YOUR CODE HERE\n  throw new Error("not written yet: safeRate");\n};',
    );
  });

  it("leaves a comment among members and outside functions, and an empty value in an object", () => {
    expect(edition).to.include("  W: np.NDArray;\n  // YOUR CODE HERE\n\n  constructor");
    expect(edition).to.include("}\n\n// YOUR CODE HERE\n\n/** The largest rate");
    expect(edition).to.include(
      'answers = {\n  // YOUR CODE HERE\n  // two or three sentences\n  width: "",\n};',
    );
  });

  it("keeps each line outside the markers, and none inside them", () => {
    const outside: string[] = [];
    const inside: string[] = [];
    let isInside = false;
    for (const line of hw0Sources.code.split("\n")) {
      if (line.includes("BEGIN SOLUTION")) isInside = true;
      else if (line.includes("END SOLUTION")) isInside = false;
      else (isInside ? inside : outside).push(line.trim());
    }
    const left = edition.split("\n").map((line) => line.trim());
    for (const line of outside) expect(left).to.include(line);
    expect(inside.filter((line) => left.includes(line))).to.deep.equal([]);
    // 7 comments YOUR CODE HERE, 4 errors, 3 prompts and 1 empty text.
    expect(left).to.have.length(outside.length + 15);
  });

  it("names getters, arrows in fields, functions in objects and functions without a name", () => {
    const body = "{\n// BEGIN SOLUTION\nreturn 1;\n// END SOLUTION\n}";
    const named = (text: string): string | undefined => /not written yet: (.*)"/.exec(strip(text))?.[1];
    expect(named(`class Net { get size(): number ${body} }`)).to.equal("Net.size");
    expect(named(`class Net { static #make = () => ${body}; }`)).to.equal("Net.#make");
    expect(named(`class Net { constructor() ${body} }`)).to.equal("Net.constructor");
    expect(named(`const table = { relu: (x: number) => ${body} };`)).to.equal("relu");
    expect(named(`export default () => ${body};`)).to.equal("this function");
    expect(named(`function outer() { function inner() ${body} return inner; }`)).to.equal("inner");
    expect(named(`export async function later(): Promise<number> { for (;;) ${body} }`)).to.equal("later");
  });

  it("leaves a marker's words in a string alone", () => {
    const text = inFunction('const s = "// BEGIN SOLUTION";\n// BEGIN SOLUTION\nreturn x;\n// END SOLUTION');
    expect(strip(text)).to.include('"// BEGIN SOLUTION"').and.not.include("return x");
  });

  const refused: readonly [string, string, RegExp][] = [
    ["no end", inFunction("// BEGIN SOLUTION\nreturn x;"), /^hw0\.ts:2: BEGIN SOLUTION without an END/],
    ["no beginning", inFunction("return x;\n// END SOLUTION"), /^hw0\.ts:3: END SOLUTION without a BEGIN/],
    [
      "a pair in a pair",
      inFunction("// BEGIN SOLUTION\n// BEGIN SOLUTION\nreturn x;\n// END SOLUTION\n// END SOLUTION"),
      /^hw0\.ts:3: .*line 2/,
    ],
    [
      "two blocks",
      inFunction("// BEGIN SOLUTION\nif (x) {\n// END SOLUTION\n}"),
      /^hw0\.ts:2: .*another block.*line 4/,
    ],
    [
      "half a statement",
      inFunction("const y =\n// BEGIN SOLUTION\nx + 1;\n// END SOLUTION"),
      /^hw0\.ts:3: .*another block/,
    ],
    [
      "arguments",
      inFunction("return Math.max(\n// BEGIN SOLUTION\nx,\n// END SOLUTION\n1);"),
      /^hw0\.ts:3: markers stand between whole/,
    ],
    ["nothing", inFunction("// BEGIN SOLUTION\n// END SOLUTION"), /^hw0\.ts:2: nothing stands/],
    ["a block comment", inFunction("/* BEGIN SOLUTION */\nreturn x;"), /^hw0\.ts:2: write the marker as/],
    ["small letters", inFunction("// begin solution\nreturn x;\n// end solution"), /^hw0\.ts:2: write/],
    ["a word more", inFunction("// BEGIN SOLUTIONS\nreturn x;"), /^hw0\.ts:2: write/],
    ["code before it", inFunction("return x; // BEGIN SOLUTION"), /^hw0\.ts:2: a marker needs a line/],
    [
      "an exported name",
      "// BEGIN SOLUTION\nexport const x = 1;\n// END SOLUTION",
      /^hw0\.ts:2: an exported name/,
    ],
    [
      "a name used outside",
      inFunction("// BEGIN SOLUTION\nconst { y: [z] } = { y: [x] };\n// END SOLUTION\nreturn z;"),
      /^hw0\.ts:5: z is declared between markers, on line 3/,
    ],
    [
      "a value that has no empty form",
      "const a = {\n// BEGIN SOLUTION\nb: Math.max,\n// END SOLUTION\n};",
      /^hw0\.ts:3: this value/,
    ],
    ["a syntax error", inFunction("return (x;"), /^hw0\.ts:2: /],
  ];
  for (const [what, text, message] of refused)
    it(`refuses ${what}, with the line`, () => expect(() => strip(text)).to.throw(RangeError, message));

  it("accepts a name of a solution that stands outside as a property or in another scope", () => {
    const text = `${inFunction("// BEGIN SOLUTION\nconst z = x;\nreturn z;\n// END SOLUTION")}const z = { z: 1 };\nz.z = 2;`;
    expect(strip(text)).to.include("const z = { z: 1 };");
  });

  it("refuses a source without a marker", () => {
    expect(() => expectMarkers(inFunction("return x;"), "hw0.ts")).to.throw(
      RangeError,
      /no \/\/ BEGIN SOLUTION/,
    );
  });
});
