import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { judge, snippets, wrongErrors } from "./must-not-compile.ts";

describe("what must not compile", () => {
  it("does not, each for the reason that it gives", async () => {
    expect((await wrongErrors(snippets)).join("\n")).to.equal("");
  });

  describe("the test itself", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "chalk-and-tape-snippets-"));
      cpSync(join(snippets, "tsconfig.json"), join(folder, "tsconfig.json"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const compile = (text: string) => {
      writeFileSync(join(folder, "snippet.ts"), text);
      return wrongErrors(folder);
    };

    it("passes a snippet with the error that it expects", async () => {
      const text = "// @ts-expect-error: not assignable to type 'number'\nexport const x: number = 'one';\n";
      expect(await compile(text)).to.deep.equal([]);
    });
    it("catches a snippet that compiles", async () => {
      const text = "// @ts-expect-error: not assignable\nexport const x: number = 1;\n";
      expect((await compile(text)).join()).to.match(/snippet\.ts:2: .* but it compiles/);
    });
    it("catches another error than the expected one", async () => {
      const text = "// @ts-expect-error: 'dBias' is missing\nexport const x: number = 'one';\n";
      expect((await compile(text)).join()).to.match(/expected "'dBias' is missing", TS2322/);
    });
    it("catches an error on another line, such as a package that is not found", async () => {
      const text = 'import { Nothing } from "chalk-and-tape/nothing";\nexport const x = Nothing;\n';
      expect((await compile(text)).join()).to.match(/snippet\.ts:1: TS2307/);
    });
    it("catches an expectation without a message", () => {
      expect(judge(new Map([["a.ts", "// @ts-expect-error\nx"]]), "a.ts(2,1): error TS1: no")).to.have.length(
        1,
      );
    });
  });
});
