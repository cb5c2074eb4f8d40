import type { Expression, ObjectExpression, Program } from "oxc-parser";

/** Letters that a person is asked to read. */
const longest = 20_000;

/**
 * The student's texts, from `export const answers = { width: "…" }`: read from the syntax tree, not
 * from a running program. A text is a string or a template without parts, or several joined with +.
 * @returns "" for a text that is not there
 */
export async function essaysIn(
  text: string,
  name: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { parseSync } = await import("oxc-parser");
  const answers = answersIn(parseSync(name, text).program);
  const found = ids.map((id) => {
    const key = id.slice(id.indexOf(".") + 1);
    const property = answers?.properties.find(
      (one) =>
        one.type === "Property" &&
        ((one.key.type === "Identifier" && !one.computed && one.key.name === key) ||
          (one.key.type === "Literal" && one.key.value === key)),
    );
    return [
      id,
      property?.type === "Property" ? textOf(property.value).trim().slice(0, longest) : "",
    ] as const;
  });
  return Object.fromEntries(found);
}

function answersIn(program: Program): ObjectExpression | null {
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== "Identifier" || id.name !== "answers" || !init) continue;
      const value = plain(init);
      if (value.type === "ObjectExpression") return value;
    }
  }
  return null;
}

/** Without `as const`, `satisfies …` and parentheses. */
function plain(value: Expression): Expression {
  const isWrapped =
    value.type === "TSAsExpression" ||
    value.type === "TSSatisfiesExpression" ||
    value.type === "ParenthesizedExpression";
  return isWrapped ? plain(value.expression) : value;
}

function textOf(wrapped: Expression): string {
  const value = plain(wrapped);
  if (value.type === "Literal") return typeof value.value === "string" ? value.value : "";
  if (value.type === "TemplateLiteral" && value.expressions.length === 0)
    return value.quasis.map(({ value }) => value.cooked ?? "").join("");
  if (value.type === "BinaryExpression" && value.operator === "+")
    return textOf(value.left) + textOf(value.right);
  return "";
}
