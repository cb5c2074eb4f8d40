import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LeNet5 } from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { saveState } from "chalk-and-tape/training";
import { root } from "../house/source.ts";
import { needsPython, runPython } from "./python.ts";

const page = readFileSync(join(root, "docs/export.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, block]) => block as string,
  );

/** The package finds itself by name from inside its own folder only. */
function run(name: string, code: string, cwd: string): string {
  const file = join(root, ".build/test/export", name);
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", cwd });
  expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
  return stdout;
}

describe("docs/export.md", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-docs-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("toPyTorch: the text of model.py, and the bytes of a file", () => {
    const [code = ""] = blocks("js");
    const stdout = run("docs-page.mjs", `${code}\nconsole.log(source, weights.length);`, folder);
    expect(stdout)
      .to.contain("nn.Linear(2, 16)")
      .and.to.match(/^def network\(\):$/m)
      .and.to.match(/ \d{3,4}\n$/);
  });
  it("toOnnx writes a file that onnxruntime runs as the page says", async function () {
    this.timeout(60_000);
    needsPython(this, "onnxruntime", "numpy", "safetensors");
    const [, write = ""] = blocks("ts");
    const model = `
      import { LeNet5 } from "chalk-and-tape/manual";
      import { random } from "chalk-and-tape/np";
      const model = new LeNet5({ rng: random(1), dtype: "float32" });`;
    run("docs-onnx.mjs", `${model}\n${write}`, folder);
    expect(await readdir(folder)).to.deep.equal(["lenet5.onnx"]);
    const x = random(2).normal(0, 1, [3, 1, 28, 28], { dtype: "float32" });
    await saveState(join(folder, "x.safetensors"), { x });
    const [session = ""] = blocks("python");
    const program = `
import json, os, sys
from safetensors.numpy import load_file
os.chdir(sys.argv[1])
images = load_file("x.safetensors")["x"]
${session}
print(json.dumps(logits.flatten().tolist()))`;
    const theirs = JSON.parse(runPython(program, folder)) as number[];
    const ours = [...new LeNet5({ rng: random(1), dtype: "float32" }).forward(x).flat()];
    expect(theirs).to.have.length(30);
    for (const [i, value] of theirs.entries()) expect(value).to.be.closeTo(ours[i] ?? Number.NaN, 1e-5);
  });
  it("names every function of the room", async () => {
    const functions = Object.keys(await import("chalk-and-tape/export"));
    expect(functions.filter((name) => !page.includes(`${name}(`))).to.deep.equal([]);
  });
});
