/** Reads a package's types as the notebooks do: TypeScript 5.0.4, Node10 resolution, no ambient types, every .d.ts checked. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";

export interface PublishedTypes {
  /** What the compiler says. */
  readonly errors: readonly string[];
  /** Paths of the exports in which an `any` stands: it is what a type becomes that this compiler cannot read. */
  readonly anys: readonly string[];
}

/** `folder` has the package in its node_modules; `entries` are specifiers such as "chalk-and-tape/np". */
export function readTypes(folder: string, entries: readonly string[]): PublishedTypes {
  const consumer = join(folder, "consumer.ts");
  writeFileSync(consumer, entries.map((entry, i) => `export * as entry${i} from "${entry}";\n`).join(""));
  const program = ts.createProgram([consumer], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  });
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map((one) => `${one.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`);
  return { errors, anys: anysIn(program, consumer, entries) };
}

function anysIn(program: ts.Program, consumer: string, entries: readonly string[]): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(consumer);
  const module = file && checker.getSymbolAtLocation(file);
  const found: string[] = [];
  for (const [i, namespace] of (module ? checker.getExportsOfModule(module) : []).entries()) {
    for (const symbol of checker.getExportsOfModule(resolved(checker, namespace))) {
      const where = `${entries[i]}: ${symbol.name}`;
      for (const declaration of resolved(checker, symbol).declarations ?? []) {
        found.push(...anysBelow(checker, declaration).map((text) => `${where}: ${text}`));
      }
    }
  }
  return found;
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Every written type below a declaration that is `any`, spelled or because the compiler could not make sense of it. */
function anysBelow(checker: ts.TypeChecker, node: ts.Node): string[] {
  const found: string[] = [];
  const visit = (below: ts.Node): void => {
    // The compiler counts these two among the types, but only what is inside them is one.
    const isPart = ts.isExpressionWithTypeArguments(below) || ts.isTemplateLiteralTypeSpan(below);
    const isType = ts.isTypeNode(below) && !isPart;
    if (isType && checker.getTypeFromTypeNode(below).flags & ts.TypeFlags.Any) {
      found.push(below.parent.getText().replace(/\s+/g, " "));
    } else ts.forEachChild(below, visit);
  };
  visit(node);
  return found;
}
