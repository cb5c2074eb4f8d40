import { isFunction, isNode, type Node } from "./syntax.ts";

/** Fields that hold types, places and spelling, not what a program does. */
const ignored = new Set([
  "start",
  "end",
  "range",
  "loc",
  "typeAnnotation",
  "returnType",
  "typeParameters",
  "typeArguments",
  "superTypeArguments",
  "implements",
  "decorators",
  "optional",
  "definite",
  "declare",
  "accessibility",
  "override",
  "readonly",
  "shorthand",
  "raw",
  "parent",
  "expression",
  "directive",
]);

/** What only says a type, and what only wraps a value in one. */
const typesOnly =
  /^(TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction|EmptyStatement|DebuggerStatement)$/;
const wrapsValue =
  /^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TSInstantiationExpression|ParenthesizedExpression|ChainExpression)$/;

/** Code without names, comments, types and format. */
export interface Normalised {
  /** Equal for two pieces of code that differ in those only. */
  readonly text: string;
  /** How many nodes it has. */
  readonly size: number;
}

/**
 * A piece of code as it reads when every name that the author chose is replaced by the number of its first
 * use. `vocabulary` holds the names that nobody chose: those of the library and of the language.
 */
export function normalise(node: Node, vocabulary: ReadonlySet<string>): Normalised {
  const variables = new Map<string, string>();
  const fields = new Map<string, string>();
  let size = 0;
  const renamed = (names: Map<string, string>, mark: string, name: string): string => {
    if (vocabulary.has(name)) return name;
    const known = names.get(name) ?? `${mark}${names.size}`;
    names.set(name, known);
    return known;
  };
  /** `loss` of `{ loss: value }` and of `result.loss`: a field is not the variable of that name. */
  const fieldOf = (node: Node): string => {
    if (node.type !== "Identifier" && node.type !== "PrivateIdentifier") return write(node);
    size++;
    return renamed(fields, ".", String(node.name));
  };
  const write = (value: unknown): string => {
    if (Array.isArray(value))
      return `[${value
        .filter((one) => !(isNode(one) && typesOnly.test(one.type)))
        .map(write)
        .join()}]`;
    if (!isNode(value)) return JSON.stringify(value) ?? "";
    if (wrapsValue.test(value.type)) return write(value.expression);
    size++;
    if (value.type === "Identifier") return renamed(variables, "#", String(value.name));
    if (value.type === "Literal") return typeof value.value === "string" ? '""' : String(value.raw);
    if (value.type === "TemplateElement") return "``";
    if (value.type === "VariableDeclaration") return `var${write(value.declarations)}`;
    if (value.type === "ExpressionStatement") return write(value.expression);
    if (value.type === "BlockStatement" && (value.body as unknown[]).length === 1)
      return write((value.body as unknown[])[0]);
    if (isFunction(value)) return `function${write(value.params)}${bodyOf(value)}`;
    const parts = Object.entries(value)
      .filter(([field, part]) => !ignored.has(field) && field !== "type" && part !== null && part !== false)
      .map(([field, part]) => {
        const isField = (field === "key" || field === "property") && value.computed !== true;
        return `${field}:${isField && isNode(part) ? fieldOf(part) : write(part)}`;
      });
    return `${value.type}(${parts.join()})`;
  };
  /** `x => x + 1` and `function (x) { return x + 1; }` are the same; a function's own name is none of it. */
  const bodyOf = ({ body }: Node): string => {
    if (!isNode(body)) return "";
    return body.type === "BlockStatement" ? write(body) : `ReturnStatement(argument:${write(body)})`;
  };
  return { text: write(node), size };
}
