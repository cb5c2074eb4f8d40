import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { expect } from "chai";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type Installed, packAndInstall, run } from "./installed.ts";
import { readTypes } from "./published-types.ts";

const name = "chalk-and-tape";

describe("the packed package, installed into an empty folder", () => {
  let installed: Installed;
  let manifest: { exports: Record<string, unknown> };
  let entries: string[];

  before(async () => {
    installed = await packAndInstall();
    manifest = JSON.parse(readFileSync(join(installed.folder, "node_modules", name, "package.json"), "utf8"));
    const paths = Object.keys(manifest.exports).filter((path) => !path.endsWith(".json"));
    entries = paths.map((path) => name + path.slice(1));
  });
  after(() => rm(dirname(installed.tarball), { recursive: true }));

  it("every entry loads by import and by require, without a word on stderr, with the same names", async () => {
    const list = JSON.stringify(entries);
    const print = "console.log(JSON.stringify(loaded.map((entry) => Object.keys(entry).sort())))";
    const byImport = await run(
      installed.folder,
      process.execPath,
      "--input-type=module",
      "--eval",
      `const loaded = await Promise.all(${list}.map((entry) => import(entry))); ${print}`,
    );
    const byRequire = await run(
      installed.folder,
      process.execPath,
      "--input-type=commonjs",
      "--eval",
      `const loaded = ${list}.map((entry) => require(entry)); ${print}`,
    );
    expect(byImport.stderr).to.equal("");
    expect(byRequire.stderr.replace(experimentalWarning, "")).to.equal("");
    const names = JSON.parse(byImport.stdout) as string[][];
    for (const [i, exported] of names.entries()) expect(exported, entries[i]).to.not.have.length(0);
    const required = JSON.parse(byRequire.stdout) as string[][];
    expect(required.map(withoutInterop)).to.deep.equal(names.map(withoutInterop));
  });

  it("npx chalk-and-tape gradcheck Linear passes", async () => {
    const { status, stdout, stderr } = await run(
      installed.folder,
      "npx",
      "--no",
      name,
      "gradcheck",
      "Linear",
    );
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/Linear/);
  });

  it("holds what runs, and nothing else", async () => {
    const { stdout } = await run(installed.folder, "tar", "-tzf", installed.tarball);
    const files = stdout.trim().split("\n");
    const expected =
      /^package\/(package\.json|README\.md|LICENSE|bin\/[\w-]+\.js|dist\/[\w/-]+\.(js|d\.ts)|dist\/.*\.(json|html|css)|notebooks\/[\w-]+\.ipynb|starter\/[\w-]+\.(ts|json|ipynb|md)|studies\/(claims|results\/[\w.-]+)\.json)$/;
    expect(files.filter((file) => !expected.test(file))).to.deep.equal([]);
  });

  it("publint finds nothing", async () => {
    const tarball = readFileSync(installed.tarball);
    const buffer = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg)).join("\n")).to.equal("");
  });

  it("are-the-types-wrong finds nothing but that a require gets an ES module", async () => {
    // Which is what we publish: Node loads ES modules by require from 20.19 on, our oldest, and the test above tries it.
    const result = await checkPackage(createPackageFromTarballData(readFileSync(installed.tarball)));
    const problems = result.types === false ? [{ kind: "no types at all" }] : result.problems;
    expect(problems.filter(({ kind }) => kind !== "CJSResolvesToESM")).to.deep.equal([]);
  });

  it("its types compile under the notebooks' TypeScript 5.0.4, and none is any", () => {
    const { errors, anys } = readTypes(installed.folder, entries);
    expect([...errors, ...anys].join("\n")).to.equal("");
  });
});

/** Node 20 says once that loading ES modules by require is new. */
const experimentalWarning = /^\(node:\d+\) ExperimentalWarning: CommonJS module .*\n\(Use `node.*\n/;

/** Names that Node adds to an ES module that is loaded by require. */
function withoutInterop(names: readonly string[]): string[] {
  return names.filter((one) => one !== "__esModule" && one !== "default");
}

describe("the reader of published types itself", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-types-"));
  });
  after(() => rm(folder, { recursive: true }));

  const read = async (types: string) => {
    const home = join(folder, "node_modules", "sample");
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "package.json"), '{ "name": "sample", "types": "./index.d.ts" }');
    await writeFile(join(home, "index.d.ts"), types);
    return readTypes(folder, ["sample"]);
  };

  it("passes types written out", async () => {
    const types = `export interface A<T> { x: Float64Array; f<K extends keyof T>(k: K): T[K] | unknown[]; }
      export type D<P extends string> = { [K in P as \`d\${Capitalize<K>}\`]: number };
      export declare class C extends Map<string, [name: string, rest?: number]> {}`;
    expect(await read(types)).to.deep.equal({ errors: [], anys: [] });
  });
  it("catches a type that 5.0.4 cannot read", async () => {
    const { errors, anys } = await read("export declare function f(): Float64Array<ArrayBuffer>;");
    expect(errors.join()).to.match(/not generic/);
    expect(anys).to.have.length(1);
  });
  it("catches an any in a member, an argument and a constant", async () => {
    const { anys } = await read(
      "export declare class A { x: any; } export declare function f(x: any[]): void; export declare const c: any;",
    );
    expect(anys).to.have.length(3);
  });
  it("catches a Node type and a missing package", async () => {
    expect((await read("export declare const b: Buffer;")).errors.join()).to.match(/Buffer/);
    expect((await read('export { x } from "no-such-package";')).errors.join()).to.match(/no-such-package/);
  });
});
