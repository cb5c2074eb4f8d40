/** Source files as text and as syntax trees. The parser is the notebooks' TypeScript 5.0.4: TypeScript 7 has no JavaScript API. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "@tslab/typescript-for-tslab";

/** A file of the project, its path relative to the root and written with "/". */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The project's root; tests run from `.build/test/house/`. */
export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Every TypeScript file of ours below a folder of the project, sorted. A folder that is not there has none. */
export function sources(folder: string): Source[] {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file).split(sep).join("/"), file }))
    .filter(({ path }) => !path.includes("node_modules/") && !path.includes("/assembly/")) // AssemblyScript is another language
    .filter(({ path }) => !path.endsWith("_pb.ts")) // generated from a schema
    .map(({ path, file }) => ({ path, text: readFileSync(file, "utf8") }));
}

/** The file that a relative import in `path` means. */
export function resolve(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier));
}

export function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);
}

/** Every node of a tree, parents before children; tokens and doc comments are left out. */
export function descendants(node: ts.Node): ts.Node[] {
  const all = [node];
  ts.forEachChild(node, (child) => void all.push(...descendants(child)));
  return all;
}

/** The comments of a file that begin with `mark`, with the line each stands on (from 0) and the text after the mark. */
export function markedComments(text: string, mark: string): { line: number; why: string }[] {
  const found: { line: number; why: string }[] = [];
  for (const [line, content] of text.split("\n").entries()) {
    const at = content.lastIndexOf(`// ${mark}`);
    if (at >= 0) found.push({ line, why: content.slice(at + mark.length + 3).trim() });
  }
  return found;
}

export function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node)
    ? (ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false)
    : false;
}

export function exportedClasses(file: ts.SourceFile): ts.ClassDeclaration[] {
  return file.statements.filter(ts.isClassDeclaration).filter(isExported);
}

export function isAbstract(node: ts.ClassDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
}
