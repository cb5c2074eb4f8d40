/** The declarations of the built package, read by the notebooks' compiler: TypeScript 7 has no JavaScript API. */
import ts from "@tslab/typescript-for-tslab";
import { root } from "../house/source.ts";

/** The compiler's own test whether a value of one type may stand where another is expected; not in its declarations. */
interface Assignability {
  isTypeAssignableTo(from: ts.Type, to: ts.Type): boolean;
}

export interface Declarations {
  readonly checker: ts.TypeChecker & Assignability;
  /** What the text exports, by name. */
  readonly exported: ReadonlyMap<string, ts.Type>;
  readonly typeOf: (symbol: ts.Symbol) => ts.Type;
}

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  types: ["node"],
  noEmit: true,
};

/** The types of what a text exports, which may import from `./dist`. */
export function declarations(text: string): Declarations {
  const file = `${root}declarations.ts`;
  const host = ts.createCompilerHost(options);
  const [read, exists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (name) => name === file || exists(name);
  host.getSourceFile = (name, language, ...more) =>
    name === file ? ts.createSourceFile(file, text, language, true) : read(name, language, ...more);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker() as ts.TypeChecker & Assignability;
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!source || !module) throw new Error("the declarations of the package cannot be read");
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, source);
  const exported = checker.getExportsOfModule(module).map((one) => [one.name, typeOf(one)] as const);
  return { checker, exported: new Map(exported), typeOf };
}

/** The symbol itself, where a name only stands for it. */
export function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
}

export function has(symbol: ts.Symbol, flags: ts.ModifierFlags): boolean {
  return (symbol.declarations ?? []).some((one) => (ts.getCombinedModifierFlags(one) & flags) !== 0);
}

/** Whether one of the symbol's declarations is in our package, and it is neither private nor protected. */
export function isPublicAndOurs(symbol: ts.Symbol): boolean {
  const isOurs = (symbol.declarations ?? []).some((one) => one.getSourceFile().fileName.includes("/dist/"));
  return isOurs && !has(symbol, ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
}
