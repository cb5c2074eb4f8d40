import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import * as publicNp from "chalk-and-tape/np";
import { answers, type Box, makeBox } from "#internal/grader";
import { assignmentNames } from "#internal/homework";
import { ofTheTape } from "../../house/textbook.ts";

const dist = dirname(dirname(fileURLToPath(import.meta.resolve("chalk-and-tape/np"))));

describe("the grader's box", () => {
  let box: Box;
  let np: Record<string, unknown> & typeof publicNp;

  before(async () => {
    box = await makeBox("hw1");
    np = await import(pathToFileURL(join(box.folder, "node_modules/chalk-and-tape/np/index.js")).href);
  });
  after(() => box.remove());

  it("holds np, the program that talks with the grader, and nothing else", () => {
    const files = readdirSync(box.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(box.folder.length + 1));
    expect(files.sort()).to.deep.equal([
      "node_modules/chalk-and-tape/np/index.js",
      "node_modules/chalk-and-tape/package.json",
      "package.json",
      "program/hw1/calls.js",
      "program/hw1/child.js",
    ]);
  });

  it("bundles no file of a room with answers", () => {
    for (const path of [
      "node_modules/chalk-and-tape/np/index.js",
      "program/hw1/calls.js",
      "program/hw1/child.js",
    ]) {
      const text = readFileSync(join(box.folder, path), "utf8");
      const bundled = [...text.matchAll(/^\/\/ (\S+\.js)$/gm)].map(([, file = ""]) => file);
      expect(
        bundled.filter((file) => /dist\/(manual|autograd|gradcheck|compare|grader)\//.test(file)),
      ).to.deep.equal([]);
    }
  });

  it("exports np's public functions, and no backward", () => {
    expect(Object.keys(np).sort()).to.deep.equal(Object.keys(publicNp).sort());
    const names = [...Object.keys(np), ...Object.getOwnPropertyNames(np.NDArray.prototype)];
    expect(names.filter((name) => /backward|vjp|grad|fused/i.test(name))).to.deep.equal([]);
  });

  it("refuses each primitive that only the tape may call", () => {
    const hidden = [...ofTheTape].filter((name) => !(name in publicNp));
    expect(hidden).to.have.length.above(6);
    expect(answers).to.include.members(hidden);
    for (const name of answers)
      expect(() => np.array([1]).apply(name as "add", np.array([1]), 1), name).to.throw(
        "expected the name of a primitive",
      );
    expect(
      np
        .array([1, 2])
        .apply("add", np.array([1, 2]), 1)
        .tolist(),
    ).to.deep.equal([2, 3]);
  });

  it("computes what np computes", () => {
    const computed = ({ array, softmax, logSoftmax, std, cov, matmul }: typeof publicNp): unknown => {
      const x = array([
        [1, -2],
        [3, 0.5],
      ]);
      return [softmax(x, 1), logSoftmax(x, 0), std(x, 0), cov(x), matmul(x, x)].map((y) => y.tolist());
    };
    expect(computed(np)).to.deep.equal(computed(publicNp));
  });

  for (const [name, specifier] of [
    ["a room with answers", "manual/index.js"],
    ["np's inner door", "np/internal.js"],
  ] as const)
    it(`is not made if the calls import ${name}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "chalk-calls-"));
      const path = join(folder, "calls.js");
      writeFileSync(path, `export * from ${JSON.stringify(join(dist, specifier))}; export const calls = {};`);
      try {
        let message = "";
        await makeBox("hw1", path).then(
          (made) => made.remove(),
          (error: Error) => (message = error.message),
        );
        expect(message).to.match(/which holds answers|is not in the box/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

  it("is made for each assignment", async () => {
    const boxes = await Promise.all(assignmentNames.map((name) => makeBox(name)));
    for (const made of boxes) made.remove();
  });
});
