import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { EngineReport } from "chalk-and-tape/np";
import { commandRunner } from "./run.ts";

const file = pathToFileURL(join(import.meta.dirname, "../../../dist/cli/doctor.js")).href;
const run = commandRunner();

const findings = {
  node: "v20.20.2",
  platform: "linux x64",
  cores: 2,
  processor: "a processor",
  memoryBytes: 2 ** 34,
  dataRoot: "/data",
  engine: "wasm",
};
const reasons = ["libopenblas.so.0: cannot open shared object file", "libmkl_rt.so.2: cannot open it"];
const withoutBlas: EngineReport[] = [
  { name: "wasm", available: true, details: ["WebAssembly SIMD, 2 threads"] },
  { name: "blas", available: false, details: reasons },
];

describe("chalk-and-tape doctor", () => {
  let text: (found: object, verbose: boolean) => string;
  before(async () => {
    ({ findingsText: text } = (await import(file)) as { findingsText: typeof text });
  });

  it("says in one line that no BLAS was found, and how to get one", () => {
    const lines = text({ ...findings, engines: withoutBlas }, false).split("\n");
    const blas = lines.filter((line) => /blas/i.test(line));
    expect(blas).to.have.length(1);
    expect(blas[0]).to.match(/^ {2}– blas {3}no BLAS found.*apt-get install libopenblas0/);
    expect(lines.join("\n")).to.contain("✓ wasm   WebAssembly SIMD");
  });

  it("--verbose adds every reason", () => {
    const verbose = text({ ...findings, engines: withoutBlas }, true);
    for (const reason of reasons) expect(verbose).to.contain(reason);
  });

  it("runs, as text and as JSON", async () => {
    const plain = await run(["doctor"]);
    expect([plain.status, plain.stderr]).to.deep.equal([0, ""]);
    expect(plain.stdout).to.match(/^engine {5}\w+ \(/m);
    const { stdout } = await run(["doctor", "--json"]);
    expect(JSON.parse(stdout)).to.include.keys(["node", "engine", "engines", "dataRoot"]);
  });
});
