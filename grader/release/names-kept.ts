import type { Node } from "oxc-parser";
import type { Region } from "./markers.ts";
import { childrenOf, lineAt, type Parsed, problemAt } from "./syntax.ts";

/**
 * The edition must compile, so no name that only a solution declares may be used outside the markers.
 * @throws RangeError with the lines of its declaration and its use
 */
export function expectNamesKept(source: Parsed, regions: readonly Region[]): void {
  const isInside = (offset: number): boolean =>
    regions.some(({ start, end }) => start < offset && offset < end);
  for (const { holder, content } of regions) {
    for (const name of content.flatMap(declaredBy)) {
      const use = source.nodes.find(
        ({ node, around }) =>
          node.type === "Identifier" &&
          node.name === name.text &&
          !isInside(node.start) &&
          around.includes(holder) &&
          isUse(node, around.at(-1) as Node),
      );
      if (use)
        throw problemAt(
          source,
          use.node.start,
          `${name.text} is declared between markers, on line ${lineAt(source.text, name.start)}, and used outside them`,
        );
    }
  }
}

function isUse(node: Node, parent: Node): boolean {
  if (parent.type === "MemberExpression") return parent.computed || parent.object === node;
  if (parent.type === "Property") return parent.computed || parent.shorthand || parent.value === node;
  return parent.type !== "PropertyDefinition" && parent.type !== "MethodDefinition";
}

interface Declared {
  readonly text: string;
  readonly start: number;
}

/** The names that a statement declares for those after it. */
export function declaredBy(statement: Node): readonly Declared[] {
  if (statement.type === "VariableDeclaration")
    return statement.declarations.flatMap(({ id }) => patternNames(id));
  const { id } = statement as unknown as { id?: Node };
  return /Declaration$/.test(statement.type) && id ? patternNames(id) : [];
}

/** The names in `a`, `[a, b]`, `{ a, b: c }` and `...rest`. */
function patternNames(pattern: Node): readonly Declared[] {
  if (pattern.type === "Identifier") return [{ text: pattern.name, start: pattern.start }];
  if (pattern.type === "Property") return patternNames(pattern.value);
  if (pattern.type === "AssignmentPattern") return patternNames(pattern.left);
  return childrenOf(pattern).flatMap((child) =>
    child.type === "TSTypeAnnotation" ? [] : patternNames(child),
  );
}
