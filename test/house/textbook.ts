/** Chalk is the textbook: it calls no function of np that exists to fuse a library's passes, or to be a gradient. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, type Source } from "./source.ts";

/** What the tape may call, and chalk writes out. */
export const ofTheTape: ReadonlySet<string> = new Set([
  "wherePositive",
  "softmaxMinus",
  "softmaxCrossEntropy",
  "comoments",
  "moments",
  "standardize",
  "normalize",
  "addcmul2",
  "maxUnpool2d",
  "conv2dWeight",
  "addmm",
]);

/** Layers of their own: in chalk they are im2col, a product and col2im. */
export const convolutions: ReadonlySet<string> = new Set(["conv2d", "convTranspose2d"]);

/**
 * Where a file of `manual/` names a function of the tape: as a value, an import, a property or a string, as `apply("addmm", …)` has it. A convolution
 * is named wherever a class may use it; a function that is no part of a class, such as a loop beside it for comparison, may call one.
 */
export function libraryCalls({ path, text }: Source): string[] {
  return descendants(parse(text)).flatMap((node) => {
    const name = nameOf(node);
    if (name === null) return [];
    if (ofTheTape.has(name)) return [`${path}: ${name} belongs to the tape; write out what it computes`];
    if (convolutions.has(name) && isForwardOrBackward(node))
      return [`${path}: ${name} belongs to the tape; chalk's layers are im2col, matmul and col2im`];
    return [];
  });
}

function nameOf(node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isStringLiteralLike(node) ? node.text : null;
}

/** Inside a class, or in a function called forward… or backward…, or in an import under another name, which hides where it is called. */
function isForwardOrBackward(node: ts.Node): boolean {
  if (ts.findAncestor(node, ts.isClassLike)) return true;
  if (ts.isImportSpecifier(node.parent)) return node.parent.propertyName === node;
  const owner = ts.findAncestor(node, ts.isFunctionDeclaration);
  return /^(forward|backward)|Backward$/.test(owner?.name?.text ?? "");
}
