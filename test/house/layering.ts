/** Reads the imports of a file against the table of who may know whom. */
import { builtinModules } from "node:module";
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, resolve, type Source } from "./source.ts";

const twins = ["np", "contracts", "initialisers", "training"];
const belowCompare = [...twins, "manual", "autograd", "datasets", "gradcheck"];

/** folder → the folders that it may import, always through a door. Rooms that are planned have their row already. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  np: [],
  contracts: ["np"],
  datasets: ["np"],
  gradcheck: ["np"],
  plots: ["np"],
  initialisers: ["np", "contracts"],
  training: ["np", "contracts"],
  manual: twins,
  autograd: twins,
  compare: belowCompare,
  names: [...belowCompare, "plots"],
  classroom: [...belowCompare, "compare", "plots"],
  studies: [...belowCompare, "compare", "plots"],
  export: [...belowCompare, "compare"],
  distributed: [...belowCompare, "compare"],
  homework: [...belowCompare, "compare", "plots", "classroom"],
  grader: [...belowCompare, "compare", "plots", "classroom", "homework"],
  notebooks: [...belowCompare, "compare", "plots", "studies", "classroom", "export"],
  kernel: [],
  cli: [
    ...belowCompare,
    "compare",
    "plots",
    "studies",
    "export",
    "distributed",
    "homework",
    "grader",
    "kernel",
    "names",
  ],
  bench: [...belowCompare, "compare"],
};

/** Only these touch files, sockets and processes; the rest also runs in a browser. */
const onNode = [
  "datasets",
  "cli",
  "homework",
  "grader",
  "bench",
  "studies",
  "export",
  "distributed",
  "kernel",
  "notebooks",
];
const onNodeToo = ["np/engines/blas.ts"];

/** It loads a submission, and how to call it, by paths that it is given. */
const importsByPath = ["homework/protocol/child.ts"];

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Static imports, re-exports, `import()`, `require()` and `import("…")` types. */
export function importsOf(text: string): Import[] {
  return descendants(parse(text)).flatMap((node): Import[] => {
    if (ts.isImportDeclaration(node))
      return [
        { specifier: unquoted(node.moduleSpecifier), typeOnly: node.importClause?.isTypeOnly ?? false },
      ];
    if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      return [{ specifier: unquoted(node.moduleSpecifier), typeOnly: node.isTypeOnly }];
    if (ts.isImportTypeNode(node)) return [{ specifier: unquoted(node.argument), typeOnly: true }];
    const [argument] = ts.isCallExpression(node) ? node.arguments : [];
    const callee = ts.isCallExpression(node) ? node.expression : null;
    const loads = callee?.kind === ts.SyntaxKind.ImportKeyword || callee?.getText() === "require";
    return argument && loads ? [{ specifier: unquoted(argument), typeOnly: false }] : [];
  });
}

/** The text between the quotes, in `import("vega" as string)` too. */
function unquoted(node: ts.Node): string {
  const literal = descendants(node).find(ts.isStringLiteralLike);
  return literal?.text ?? node.getText();
}

/** One sentence for every import that breaks the table. `dependencies` are the packages that a user's install brings. */
export function layeringProblems({ path, text }: Source, dependencies: ReadonlySet<string>): string[] {
  const folder = path.split("/")[0] ?? "";
  const allowed = mayImport[folder];
  if (!allowed) return [`${path}: folder ${folder} has no row in the table`];
  const written = importsOf(text).filter(
    ({ specifier }) => !(importsByPath.includes(path) && specifier.includes("(")),
  );
  return written.flatMap((one) => {
    const told = (problem: string): string[] => [`${path}: import "${one.specifier}": ${problem}`];
    const name = packageName(one.specifier);
    if (name !== null && (one.specifier.startsWith("node:") || builtinModules.includes(name))) {
      const fine = one.typeOnly || onNode.includes(folder) || onNodeToo.includes(path);
      return fine ? [] : told(`${folder} also runs in a browser; use getBuiltinModule inside a function`);
    }
    if (name !== null && name !== "chalk-and-tape")
      return dependencies.has(name) || dependencies.has(`@types/${name}`)
        ? []
        : told(`${name} is not in "dependencies"`);
    const target = name === null ? resolve(path, one.specifier) : entry(one.specifier);
    const other = target.split("/")[0] ?? "";
    if (other === folder && name === null) return [];
    if (!allowed.includes(other)) return told(`${folder} may not know ${other}`);
    const doors = [`${other}/index.ts`, `${other}/internal.ts`];
    return doors.includes(target) ? [] : told(`only ${doors.join(" and ")} are imported from outside`);
  });
}

/** One sentence for every file outside the tests that a test imports by its path. Compiling it would write its .js beside its source. */
export function testImportProblems({ path, text }: Source): string[] {
  const relative = importsOf(text).filter(({ specifier }) => specifier.startsWith("."));
  return relative
    .filter(({ specifier }) => !resolve(path, specifier).startsWith("test/"))
    .map(
      ({ specifier }) =>
        `${path}: import "${specifier}": tests import "chalk-and-tape/<room>" or "#internal/<room>"`,
    );
}

/** null for a relative import. */
function packageName(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("/")) return null;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The package's own entry points, spelled as its users spell them. */
function entry(specifier: string): string {
  return `${specifier.split("/").slice(1).join("/")}/index.ts`;
}
