import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { root } from "../house/source.ts";

const page = readFileSync(join(root, "docs/classroom.md"), "utf8");

describe("docs/classroom.md", () => {
  it("runs from top to bottom, and prints what it says", async () => {
    const code = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, block]) => block).join("\n");
    // The package finds itself by name from inside its own folder only.
    const file = join(root, ".build/test/classroom/docs-page.mjs");
    await writeFile(file, code);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
    const promised = [...page.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
    expect(stderr).to.equal("");
    expect(promised).to.have.length(9);
    expect(stdout.trimEnd().split("\n")).to.deep.equal(promised);
  });
  it("names every function of the room", async () => {
    const functions = Object.keys(await import("chalk-and-tape/classroom"));
    expect(functions.filter((name) => !page.includes(`\`${name}`))).to.deep.equal([]);
  });
});
