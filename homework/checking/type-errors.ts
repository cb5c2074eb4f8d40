import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as TypeScript from "@tslab/typescript-for-tslab";

const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * The errors of types in a file, `hw1.ts:12: …`, as the compiler of the notebooks sees them. They are
 * messages: a submission with such errors runs, and is graded.
 * @throws RangeError if that compiler is not installed
 */
export function typeErrors(file: string): readonly string[] {
  const ts = compiler();
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
    types: [],
    baseUrl: packageFolder,
    paths: { "chalk-and-tape/*": [join(packageFolder, "dist/*/index.d.ts")] },
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter((one) => one.file && !one.file.isDeclarationFile)
    .map(({ file: source, start = 0, messageText }) => {
      const { line } = (source as TypeScript.SourceFile).getLineAndCharacterOfPosition(start);
      return `${file}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ").replace(/import\("[^"]*"\)\./g, "")}`;
    });
}

function compiler(): typeof TypeScript {
  try {
    return createRequire(import.meta.url)("@tslab/typescript-for-tslab");
  } catch {
    throw new RangeError(
      "--types needs the compiler of tslab: npm install tslab @tslab/typescript-for-tslab",
    );
  }
}
