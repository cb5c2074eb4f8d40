import type { Random } from "../../np/index.ts";
import { type Given, isGiven } from "../honesty/function-prints.ts";
import { lineOf, type Node, treeOf, walk } from "../honesty/syntax.ts";
import { axisKinds } from "./kinds/axes.ts";
import { orderKinds } from "./kinds/order.ts";
import { productKinds } from "./kinds/products.ts";
import { scalarKinds } from "./kinds/scalars.ts";
import type { Kind, Question } from "./question.ts";

/** All kinds of questions about code. */
export const kinds: readonly Kind[] = [...axisKinds, ...productKinds, ...scalarKinds, ...orderKinds];

const mostCode = 90;

/** Every question that the text gives reason to ask; none for text that does not parse. */
export function questionsOfCode(source: string, given: Given, random: Random): Question[] {
  const tree = treeOf(source);
  if (!tree) return [];
  const textOf = (node: Node): string => {
    const text = source.slice(node.start, node.end).replace(/\s+/g, " ");
    return text.length <= mostCode ? text : `${text.slice(0, mostCode)}…`;
  };
  const found: Question[] = [];
  walk(tree, (node, above) => {
    for (const { kind, ask } of kinds) {
      const asked = ask({ node, above, textOf, random });
      if (asked && !isGiven([...above, node], given))
        found.push({ kind, line: lineOf(source, placeOf(node)), code: textOf(node), ...asked });
    }
  });
  return found;
}

/** Where a chain of calls has its last method: the line that a reader looks for. */
function placeOf(node: Node): number {
  const { callee } = node as { callee?: Node };
  const property = callee?.property as Node | undefined;
  return property?.start ?? node.start;
}
