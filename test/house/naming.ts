/** Names and words that the house does not use. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, type Source } from "./source.ts";

const drawers = /^(utils?|helpers?|common|misc|shared|lib)$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** kebab-case throughout, and no drawer for everything: utils, helpers, common. */
export function fileNameProblems(path: string): string[] {
  const parts = path.split("/").map((part) => part.replace(/(\.test|\.d)?\.ts$/, ""));
  return parts.flatMap((part) => {
    if (!kebabCase.test(part)) return [`${path}: "${part}" is not kebab-case`];
    return drawers.test(part) ? [`${path}: "${part}" says nothing of what is inside; name the concept`] : [];
  });
}

/** Arrays know nothing of gradients: no identifier of np speaks of a backward pass. */
export function gradientWords({ path, text }: Source): string[] {
  return descendants(parse(text))
    .filter((node) => ts.isIdentifier(node) || ts.isPrivateIdentifier(node))
    .map((node) => node.getText())
    .filter((name) => wordsOf(name).some((word) => ["backward", "grad", "vjp"].includes(word)))
    .map((name) => `${path}: "${name}" is knowledge of gradients`);
}

/** "sumBackward", "SUM_VJP" and "reluGrad2" in lower-case words. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

/** What no entry's import graph may hold: an await at the top level (`require` refuses it) and unseeded randomness. */
export function forbiddenExpressions({ path, text }: Source): string[] {
  return descendants(parse(text)).flatMap((node) => {
    const waits =
      ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
    if (waits && !ts.findAncestor(node, ts.isFunctionLike)) return [`${path}: await at the top level`];
    if (ts.isPropertyAccessExpression(node) && /^Math\s*\.\s*random$/.test(node.getText()))
      return [`${path}: Math.random; take an rng argument`];
    return [];
  });
}
