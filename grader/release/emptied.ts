import type { Node } from "oxc-parser";
import { type Parsed, problemAt } from "./syntax.ts";

/**
 * A property of an object literal with an empty value of the same kind: `""`, 0, false, `[]`, or an object whose values
 * are empty. A line break, a comma at the end and the key are there as before.
 * @throws RangeError with the line, for a value of another kind
 */
export function emptied(source: Parsed, property: Node): string {
  if (property.type !== "Property" || property.method || property.shorthand || property.computed)
    throw problemAt(source, property.start, "markers in an object literal hold properties with plain values");
  return `${source.text.slice(property.key.start, property.key.end)}: ${emptyValue(source, property.value)},`;
}

function emptyValue(source: Parsed, node: Node): string {
  switch (node.type) {
    case "TemplateLiteral":
      return '""';
    case "ArrayExpression":
      return "[]";
    case "UnaryExpression":
      return emptyValue(source, node.argument);
    case "BinaryExpression":
      return emptyValue(source, node.left);
    case "ObjectExpression":
      return `{ ${node.properties.map((one) => emptied(source, one)).join(" ")} }`;
    case "Literal":
      if (typeof node.value === "string") return '""';
      if (typeof node.value === "number") return "0";
      if (typeof node.value === "boolean") return "false";
  }
  throw problemAt(source, node.start, "this value has no empty form; expected text, a number or an array");
}
