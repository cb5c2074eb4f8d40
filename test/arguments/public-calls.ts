/** Everything public that can be called, with the types of its parameters, read from the declarations of the built package. */
import ts from "@tslab/typescript-for-tslab";
import { root } from "../house/source.ts";

/** A value to try, by the name of the type that the compiler compares: `number`, `string`, …. */
export type ProbeName = string;

/** One parameter of a public function. */
export interface Place {
  readonly name: string;
  readonly isOptional: boolean;
  /** Whether it is an object of options, in which an unknown name is an error. */
  readonly isOptions: boolean;
  /** Whether it stands for all arguments from here on. */
  readonly isRest: boolean;
  /** The probes that its type allows. */
  readonly allows: ReadonlySet<ProbeName>;
}

export interface PublicCall {
  readonly room: string;
  /** The class of a constructor or method; null for a function. */
  readonly className: string | null;
  /** The function, the method, or `new`. */
  readonly name: string;
  readonly kind: "function" | "constructor" | "method" | "static";
  readonly places: readonly Place[];
  readonly isAsync: boolean;
}

/** `np.exp`, `new np.Random`, `np.Random.normal`. */
export function title({ room, className, name, kind }: PublicCall): string {
  if (kind === "constructor") return `new ${room}.${className}`;
  return className === null ? `${room}.${name}` : `${room}.${className}.${name}`;
}

interface Assignability {
  isTypeAssignableTo(from: ts.Type, to: ts.Type): boolean;
}

/** Every public call of these rooms. `probes` gives the type of each probe in TypeScript. */
export function publicCalls(
  rooms: readonly string[],
  probes: Readonly<Record<ProbeName, string>>,
): PublicCall[] {
  const file = `${root}arguments-probe.ts`;
  const text = [
    ...rooms.map((room) => `import * as ${room} from "./dist/${room}/index.js"; export { ${room} };`),
    `export declare const probes: { ${Object.entries(probes)
      .map(([name, type]) => `readonly "${name}": ${type}`)
      .join("; ")} };`,
  ].join("\n");
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...more) =>
    name === file ? ts.createSourceFile(file, text, language, true) : read(name, language, ...more);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker() as ts.TypeChecker & Assignability;
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!source || !module) throw new Error("the declarations of the package cannot be read");
  const exported = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, source);
  const probeTypes = new Map(
    typeOf(exported.get("probes") as ts.Symbol)
      .getProperties()
      .map((symbol) => [symbol.name, typeOf(symbol)]),
  );

  const place = (symbol: ts.Symbol): Place => {
    const declaration = symbol.valueDeclaration as ts.ParameterDeclaration;
    const isRest = declaration.dotDotDotToken !== undefined;
    const isOptional = isRest || declaration.questionToken !== undefined;
    const given = typeOf(symbol);
    const type = isRest ? (checker.getIndexTypeOfType(given, ts.IndexKind.Number) ?? given) : given;
    const bound = checker.getBaseConstraintOfType(type) ?? type;
    const allows = [...probeTypes].filter(
      ([, probe]) =>
        checker.isTypeAssignableTo(probe, bound) ||
        (type.isTypeParameter() && checker.typeToString(probe) === "NDArray"),
    );
    const named = checker.typeToString(type);
    return {
      name: symbol.name,
      isOptional,
      isOptions: /Options\b/.test(named) || /^(options|__\d+)$/.test(symbol.name),
      isRest,
      allows: new Set(allows.map(([name]) => name)),
    };
  };
  const signatures = (type: ts.Type, kind: ts.SignatureKind) => checker.getSignaturesOfType(type, kind);
  const called = (signature: ts.Signature) => ({
    places: signature.getParameters().map(place),
    isAsync: /^(Promise|AsyncGenerator)</.test(checker.typeToString(signature.getReturnType())),
  });
  const isOpen = (symbol: ts.Symbol): boolean =>
    !(symbol.declarations ?? []).some(
      (one) =>
        (ts.getCombinedModifierFlags(one) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0 ||
        !one.getSourceFile().fileName.includes("/dist/"),
    );
  const methods = (type: ts.Type) =>
    type
      .getProperties()
      .filter((symbol) => (symbol.flags & ts.SymbolFlags.Method) !== 0 && isOpen(symbol))
      .filter((symbol) => !symbol.name.startsWith("__@"));

  return rooms.flatMap((room): PublicCall[] =>
    typeOf(exported.get(room) as ts.Symbol)
      .getProperties()
      .flatMap((symbol): PublicCall[] => {
        const type = typeOf(symbol);
        const own = { room, className: symbol.name };
        const [build] = signatures(type, ts.SignatureKind.Construct);
        if (!build) {
          const all = signatures(type, ts.SignatureKind.Call);
          return all.slice(-1).map((signature) => ({
            room,
            className: null,
            name: symbol.name,
            kind: "function",
            ...called(signature),
          }));
        }
        const isAbstract = (symbol.getDeclarations() ?? []).some(
          (one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Abstract) !== 0,
        );
        const ofInstance = methods(build.getReturnType()).flatMap((method) =>
          signatures(typeOf(method), ts.SignatureKind.Call)
            .slice(-1)
            .map(
              (signature): PublicCall => ({
                ...own,
                name: method.name,
                kind: "method",
                ...called(signature),
              }),
            ),
        );
        const ofClass = methods(type).flatMap((method) =>
          signatures(typeOf(method), ts.SignatureKind.Call)
            .slice(-1)
            .map(
              (signature): PublicCall => ({
                ...own,
                name: method.name,
                kind: "static",
                ...called(signature),
              }),
            ),
        );
        const made: PublicCall = { ...own, name: "new", kind: "constructor", ...called(build) };
        return [...(isAbstract ? [] : [made]), ...ofClass, ...ofInstance];
      }),
  );
}
