import ts from "@tslab/typescript-for-tslab";
import type { Insert } from "./inserts.ts";

/**
 * Names that tslab would rewrite wrongly, spelled so that it does not. It turns every name whose symbol an earlier
 * cell declares into `exports.name`, but asks for the symbol of a property where a variable is meant, and the other
 * way round:
 *
 * - `{ rng }` stays `{ rng }`, and rng is not defined. `{ rng: rng }` is right.
 * - `const { lr: rate } = options` becomes `const { exports, lr: rate } = …`, a syntax error, if the type of
 *   `options` is from an earlier cell. `const { "lr": rate } = …` is right: a string is no name.
 *
 * `{ __proto__ }` defines a property and `{ __proto__: __proto__ }` sets the prototype, so it stays.
 */
export function spellOut(cell: ts.SourceFile): Insert[] {
  const inserts: Insert[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name.text !== "__proto__")
      inserts.push({ at: node.name.end, text: `: ${node.name.text}` });
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName)) {
      inserts.push({ at: node.propertyName.getStart(cell), text: '"' });
      inserts.push({ at: node.propertyName.end, text: '"' });
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
  return inserts;
}
