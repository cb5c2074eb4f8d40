/** Compiles students' files as their two compilers do. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";
import { root } from "../house/source.ts";
import { run } from "../package/installed.ts";

const strict = [
  "--strict",
  "--noUncheckedIndexedAccess",
  "--noImplicitOverride",
  "--noFallthroughCasesInSwitch",
];
const shared = [
  "--target",
  "es2022",
  "--noEmit",
  "--pretty",
  "false",
  "--erasableSyntaxOnly",
  "--skipLibCheck",
  "--types",
  "node",
];

/** Writes a file where the package is seen under its name. @returns its path */
export function writeBesidePackage(folder: string, name: string, text: string): string {
  const to = join(root, ".build", "editions", folder);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, "node_modules"), { recursive: true });
  symlinkSync(root, join(to, "node_modules", "chalk-and-tape"));
  writeFileSync(join(to, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(to, name), text);
  return join(to, name);
}

/** What TypeScript 7 says, with strict options; unused names are allowed, because a solution uses them. */
export async function compilerErrors(paths: readonly string[]): Promise<string> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = [...shared, ...strict, "--module", "nodenext", "--ignoreConfig"];
  const { stdout } = await run(root, process.execPath, compiler, ...options, ...paths);
  return stdout;
}

/** What TypeScript 5.0.4 says, with the options of the notebooks' kernel and strict ones. */
export function kernelErrors(paths: readonly string[]): readonly string[] {
  const program = ts.createProgram([...paths], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    skipLibCheck: true,
    types: [],
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((one) => `${one.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`);
}
