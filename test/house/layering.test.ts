import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { importsOf, layeringProblems, mayImport, testImportProblems } from "./layering.ts";
import { fileNameProblems, forbiddenExpressions, gradientWords } from "./naming.ts";
import { root, type Source, sources } from "./source.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  exports: Record<string, unknown>;
};
const dependencies = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
/** The grader's libraries are in a workspace of their own, which no student installs. */
const libraries = JSON.parse(readFileSync(join(root, "grader/libraries/package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
const ofGrader = new Set([...dependencies, ...Object.keys(libraries.dependencies)]);
const dependenciesOf = ({ path }: Source): ReadonlySet<string> =>
  path.startsWith("grader/") ? ofGrader : dependencies;
const entryRooms = Object.keys(manifest.exports)
  .filter((name) => name !== "." && !name.endsWith(".json"))
  .map((name) => name.slice(2));
const house: Source[] = Object.keys(mayImport).flatMap(sources);

describe("who knows whom", () => {
  it("reads every folder that is an entry of the package", () => {
    const indexes = entryRooms.map((room) => `${room}/index.ts`);
    expect(house.map(({ path }) => path)).to.include.members(indexes);
  });
  it("the root entry holds every other entry under its name, and nothing else", () => {
    const lines = readFileSync(join(root, "index.ts"), "utf8").match(/^export .*$/gm) ?? [];
    // `export` is a word of the language: `import { export as … }` would be the only way to use that name.
    const name = (room: string): string => (room === "export" ? "exporting" : room);
    const expected = entryRooms.sort().map((room) => `export * as ${name(room)} from "./${room}/index.ts";`);
    expect(lines).to.deep.equal(expected);
  });
  it("imports follow the table", () => {
    expect(house.flatMap((source) => layeringProblems(source, dependenciesOf(source))).join("\n")).to.equal(
      "",
    );
  });
  it("tests import no source file by its path", () => {
    expect(sources("test").flatMap(testImportProblems).join("\n")).to.equal("");
  });
  it("np knows nothing of gradients", () => {
    expect(sources("np").flatMap(gradientWords).join("\n")).to.equal("");
  });
  it("files are named in kebab-case after what they hold", () => {
    const all = [...house, ...sources("test")].map(({ path }) => path);
    expect(all.flatMap(fileNameProblems).join("\n")).to.equal("");
  });
  it("no await at the top level, no Math.random", () => {
    expect(house.flatMap(forbiddenExpressions).join("\n")).to.equal("");
  });
});

describe("the layering test itself", () => {
  const check = (path: string, text: string) =>
    layeringProblems({ path, text }, new Set(["ndarray", "@types/ndarray", "vega", "@scope/thing"])).join(
      "\n",
    );

  const fine: [path: string, text: string][] = [
    ["np/sum.ts", 'import { a } from "./kernels/index.ts"; import ndarray from "ndarray";'],
    ["np/kernels/sum.ts", 'import type { A } from "../ndarray.ts";'],
    [
      "manual/layers/linear.ts",
      'import { sum } from "../../np/index.ts"; import { Layer } from "../layer.ts";',
    ],
    ["autograd/train.ts", 'import { shuffle } from "../training/index.ts";'],
    [
      "compare/cases/table.ts",
      'import { Linear } from "../../manual/index.ts"; import * as tape from "../../autograd/index.ts";',
    ],
    ["cli/main.ts", 'import { compare } from "chalk-and-tape/compare"; import { x } from "./x.ts";'],
    ["datasets/mnist.ts", 'import { readFile } from "node:fs/promises"; import { gunzip } from "zlib";'],
    ["np/engines/blas.ts", 'import { existsSync } from "node:fs";'],
    ["gradcheck/print.ts", 'import type { Writable } from "node:stream";'],
    ["plots/svg.ts", 'async function f() { await import("vega"); } import "@scope/thing/part";'],
  ];
  for (const [path, text] of fine)
    it(`passes ${path}: ${text}`, () => expect(check(path, text)).to.equal(""));

  const wrong: [path: string, text: string, message: RegExp][] = [
    ["np/sum.ts", 'import { tape } from "../autograd/index.ts";', /np may not know autograd/],
    ["np/sum.ts", 'import type { Rng } from "../training/index.ts";', /np may not know training/],
    [
      "manual/layers/linear.ts",
      'import { ops } from "../../autograd/index.ts";',
      /manual may not know autograd/,
    ],
    ["autograd/layers/linear.ts", 'export * from "../../manual/index.ts";', /autograd may not know manual/],
    ["autograd/tape.ts", 'const x = await import("../manual/index.ts");', /autograd may not know manual/],
    ["autograd/tape.ts", 'type L = import("../manual/index.ts").Layer;', /autograd may not know manual/],
    [
      "gradcheck/check.ts",
      'import { op } from "chalk-and-tape/autograd";',
      /gradcheck may not know autograd/,
    ],
    ["datasets/toy.ts", 'import { x } from "../training/index.ts";', /datasets may not know training/],
    ["training/clip.ts", 'import { x } from "../manual/index.ts";', /training may not know manual/],
    ["manual/layer.ts", 'import { x } from "../np/ndarray.ts";', /only np\/index\.ts/],
    ["manual/layers/linear.ts", 'import { x } from "../../np/kernels/index.ts";', /only np\/index\.ts/],
    ["cli/main.ts", 'import { x } from "chalk-and-tape/np/creation";', /only np\/index\.ts/],
    ["cli/main.ts", 'import { x } from "../test/x.ts";', /cli may not know test/],
    ["np/io.ts", 'import { readFileSync } from "node:fs";', /browser/],
    ["gradcheck/io.ts", 'import os from "os";', /browser/],
    ["training/io.ts", 'async function f() { await import("node:fs/promises"); }', /browser/],
    ["manual/io.ts", 'const fs = require("fs");', /browser/],
    ["autograd/io.ts", 'export { join } from "node:path";', /browser/],
    ["cli/main.ts", 'import { expect } from "chai";', /not in "dependencies"/],
    ["np/sum.ts", 'import x from "@scope/other";', /not in "dependencies"/],
    ["extras/x.ts", "", /no row in the table/],
  ];
  for (const [path, text, message] of wrong) {
    it(`catches ${path}: ${text}`, () => expect(check(path, text)).to.match(message));
  }

  it("sees every spelling of an import, and none in comments and strings", () => {
    const text = `import a, { type B } from "a"; import "b"; export { c } from 'c'; export type { D } from "d"; import("h" as string);
      // import "no";
      const s = 'import "no"'; async function f() { return import("e"); } type F = typeof import("f"); require("g");`;
    expect(
      importsOf(text)
        .map(({ specifier }) => specifier)
        .sort()
        .join(""),
    ).to.equal("abcdefgh");
  });

  it("catches gradients in np's identifiers, not in its words", () => {
    const words = (text: string) => gradientWords({ path: "np/x.ts", text });
    for (const name of ["reluBackward", "sumGrad", "logVjp", "SUM_VJP", "grad", "#backward", "gradInto"])
      expect(words(`class A { ${name} = 1 }`), name).to.have.length(1);
    for (const name of ["gradient", "degrade", "backwards", "upgrade"])
      expect(words(`const ${name} = "sumBackward"; // sumGrad`), name).to.have.length(0);
  });

  it("catches a test that imports a source file, in any spelling, and passes one that imports a test", () => {
    const problems = (text: string) => testImportProblems({ path: "test/np/sum.test.ts", text });
    expect(problems('import { a } from "../../np/sum.ts";').join()).to.match(/#internal\/<room>/);
    expect(
      problems('import type { A } from "../../np/sum.ts"; await import("../../autograd/index.ts");'),
    ).to.have.length(2);
    expect(
      problems('import { b } from "../np/plain.ts"; import "./x.ts"; import "#internal/np";'),
    ).to.deep.equal([]);
  });
  it("catches names", () => {
    for (const path of [
      "np/ReLU.ts",
      "np/myFile.ts",
      "np/my_file.ts",
      "np/utils.ts",
      "np/helpers/sum.ts",
      "np/common.test.ts",
    ])
      expect(fileNameProblems(path), path).to.have.length(1);
    for (const path of [
      "np/relu.ts",
      "np/cross-entropy-loss.test.ts",
      "np/types/cwise-compiler.d.ts",
      "np/conv2d.ts",
    ])
      expect(fileNameProblems(path), path).to.deep.equal([]);
  });

  it("catches a top-level await, not one inside a function", () => {
    const check = (text: string) => forbiddenExpressions({ path: "np/x.ts", text });
    expect(check("const x = await f();")).to.have.length(1);
    expect(check("for await (const x of y) z();")).to.have.length(1);
    expect(check("if (a) { await f(); }")).to.have.length(1);
    expect(check("const f = async () => { for await (const x of y) await x; };")).to.deep.equal([]);
    expect(check("class A { async m() { await 1; } }")).to.deep.equal([]);
    expect(check("const x = Math.random();")).to.have.length(1);
  });
});
