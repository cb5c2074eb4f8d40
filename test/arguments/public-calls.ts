/** Everything public that can be called, with the types of its parameters, read from the built declarations. */
import ts from "@tslab/typescript-for-tslab";
import { type Declarations, declarations, has, isPublicAndOurs, original } from "./declarations.ts";

/** The name of a value to try. */
export type ProbeName = string;

/** One parameter of a public function. */
export interface Place {
  readonly name: string;
  readonly isOptional: boolean;
  /** Whether it is an object of options, in which an unknown name is an error. */
  readonly isOptions: boolean;
  /** The probes that its type allows. */
  readonly allows: ReadonlySet<ProbeName>;
}

export interface PublicCall {
  readonly room: string;
  /** The class of a constructor or method; null for a function. */
  readonly className: string | null;
  /** The name of the function or method, or `new`. */
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

/** An inherited method is called on one class only: on one of these if it has it. */
const representatives = ["Linear", "SGD", "StepLR", "Tensor"];

/** Where a namespace of a room has its own index, and rooms whose folder has another name. */
const folders: Readonly<Record<string, string>> = { functional: "autograd/functional", exporting: "export" };

/** Every public call of these rooms. `probes` gives the type of each probe in TypeScript. */
export function publicCalls(
  rooms: readonly string[],
  probes: Readonly<Record<ProbeName, string>>,
): PublicCall[] {
  const read = declarations(
    [
      ...rooms.map(
        (room) => `import * as ${room} from "./dist/${folders[room] ?? room}/index.js"; export { ${room} };`,
      ),
      `export declare const probes: { ${Object.entries(probes)
        .map(([name, type]) => `readonly "${name}": ${type}`)
        .join("; ")} };`,
    ].join("\n"),
  );
  return rooms.flatMap((room) => {
    const symbols = (read.exported.get(room) as ts.Type).getProperties();
    const isFirst = (name: string): boolean => representatives.includes(name);
    const ordered = [...symbols].sort((a, b) => Number(isFirst(b.name)) - Number(isFirst(a.name)));
    const inherited = new Set<ts.Declaration | undefined>();
    return ordered.flatMap((symbol) => callsOf(read, room, symbol, inherited));
  });
}

/** A function, or a class with its constructor and its methods; those in `inherited` are left out. */
function callsOf(
  read: Declarations,
  room: string,
  symbol: ts.Symbol,
  inherited: Set<ts.Declaration | undefined>,
): PublicCall[] {
  const { checker, typeOf } = read;
  const type = typeOf(symbol);
  const [build] = checker.getSignaturesOfType(type, ts.SignatureKind.Construct);
  if (!build) return called(read, type, { room, className: null, name: symbol.name, kind: "function" });
  if (has(original(checker, symbol), ts.ModifierFlags.Abstract)) return [];
  const own = { room, className: symbol.name };
  const methods = (of: ts.Type, kind: "static" | "method"): PublicCall[] =>
    of
      .getProperties()
      .filter((one) => (one.flags & ts.SymbolFlags.Method) !== 0 && isPublicAndOurs(one))
      .filter(({ name, valueDeclaration }) => {
        const isNew = !name.startsWith("__@") && !inherited.has(valueDeclaration);
        inherited.add(valueDeclaration);
        return isNew;
      })
      .flatMap((one) => called(read, typeOf(one), { ...own, name: one.name, kind }));
  const made: PublicCall = { ...own, name: "new", kind: "constructor", ...signed(read, build) };
  return [made, ...methods(type, "static"), ...methods(build.getReturnType(), "method")];
}

/** The call of a function type by its last signature, the widest one. */
function called(
  read: Declarations,
  type: ts.Type,
  own: Pick<PublicCall, "room" | "className" | "name" | "kind">,
): PublicCall[] {
  const all = read.checker.getSignaturesOfType(type, ts.SignatureKind.Call);
  const signature = all.at(-1);
  if (!signature) return [];
  const { places, isAsync } = signed(read, signature);
  const isLeftOut = (at: number): boolean =>
    all.some((one) => one.getParameters()[at]?.valueDeclaration?.getText().includes("?:") ?? true);
  return [
    {
      ...own,
      isAsync,
      places: places.map((place, at) => ({ ...place, isOptional: place.isOptional || isLeftOut(at) })),
    },
  ];
}

function signed(read: Declarations, signature: ts.Signature): Pick<PublicCall, "places" | "isAsync"> {
  return {
    places: signature.getParameters().map((symbol) => placeOf(read, symbol)),
    isAsync: /^(Promise|AsyncGenerator)</.test(read.checker.typeToString(signature.getReturnType())),
  };
}

/** Whether every field may be left out, so that a wrong one is never noticed by what is missing. */
function isWeak(type: ts.Type): boolean {
  const fields = type.getProperties();
  return fields.length > 0 && fields.every(({ flags }) => (flags & ts.SymbolFlags.Optional) !== 0);
}

function placeOf({ checker, exported, typeOf }: Declarations, symbol: ts.Symbol): Place {
  const { dotDotDotToken, questionToken } = symbol.valueDeclaration as ts.ParameterDeclaration;
  const given = typeOf(symbol);
  const type = dotDotDotToken ? (checker.getIndexTypeOfType(given, ts.IndexKind.Number) ?? given) : given;
  const parts = type.isUnion() ? type.types : [type];
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  const isGeneric = parts.some((part) => part.isTypeParameter());
  const isFunction = parts.some((part) => part.getCallSignatures().length > 0);
  const allows = (exported.get("probes") as ts.Type).getProperties().filter((one) => {
    const probe = typeOf(one);
    const isArray = ["NDArray", "Tensor"].includes(checker.typeToString(probe));
    const isCalled = probe.getCallSignatures().length + probe.getConstructSignatures().length > 0;
    return checker.isTypeAssignableTo(probe, bound) || (isGeneric && isArray) || (isFunction && isCalled);
  });
  return {
    name: symbol.name,
    isOptional: dotDotDotToken !== undefined || questionToken !== undefined,
    isOptions: /Options\b/.test(checker.typeToString(type)) || parts.some(isWeak),
    allows: new Set(allows.map(({ name }) => name)),
  };
}
