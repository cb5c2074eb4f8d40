/** Reads every error's message for values of users that stand in it as they are, so that "1" looks like 1. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, type Source } from "./source.ts";

/** What stands before a quoted value. */
const quotes = /(?:^|[ (])(is|are|got|returned|from|to|by) "?$/;

/** Expressions that are ours: what `describe` or a sibling made, and properties that are numbers or names. */
const ours =
  /^(describe\w*|formatShape|JSON\.stringify)\(|\]$|\.(dtype|ndim|size|length|length - 1|name|toExponential\(1\)|join\(.*\))$/;

/** A value quoted as it is: `np/x.ts: "seed is" is followed by seed as it is`. */
export function rawValues({ path, text }: Source): string[] {
  const errors = descendants(parse(text)).filter(
    (node): node is ts.NewExpression => ts.isNewExpression(node) && /Error$/.test(node.expression.getText()),
  );
  return errors.flatMap(descendants).flatMap((node) => {
    if (!ts.isTemplateExpression(node)) return [];
    return node.templateSpans.flatMap(({ expression }, i) => {
      const before = (node.templateSpans[i - 1]?.literal ?? node.head).text;
      const shown = expression.getText();
      return quotes.test(before) && !ours.test(shown) ? [`${path}: ${shown}`] : [];
    });
  });
}
