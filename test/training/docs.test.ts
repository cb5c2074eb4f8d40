import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

// From .build/test/training/.
const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(root, "docs", "training.md"), "utf8");

describe("docs/training.md", () => {
  it("runs from top to bottom, and prints what it says", async () => {
    const code = [...page.matchAll(/^```js\n(.*?)^```/gms)].map((match) => match[1]).join("\n");
    const folder = await mkdtemp(join(tmpdir(), "chalk-docs-"));
    // The package finds itself by name from inside its own folder only.
    const file = join(root, ".build", "test", "training", "docs-page.mjs");
    await writeFile(file, code);
    const child = spawn(process.execPath, [file], { cwd: folder });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (chunk: string) => {
        texts[name] += chunk;
      });
    const status = await new Promise((resolve) => child.on("close", resolve));
    const files = (await readdir(folder)).sort();
    await rm(folder, { recursive: true });
    expect(texts.stderr).to.equal("");
    expect(status).to.equal(0);
    const promised = [...page.matchAll(/^\/\/ (.*)$/gm)].map((match) => match[1] as string);
    expect(promised).to.have.length(2);
    expect(texts.stdout.split("\n").slice(0, 2)).to.deep.equal(promised);
    expect(texts.stdout).to.match(/^epoch {2}/m);
    expect(files).to.deep.equal([
      "moons-boundary.svg",
      "moons-confusion.svg",
      "moons-loss.svg",
      "moons-weights.npz",
      "moons-weights.safetensors",
      "moons.safetensors",
    ]);
  });
});
