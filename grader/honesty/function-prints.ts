import { createHash } from "node:crypto";
import { normalise } from "./normalise.ts";
import { childrenOf, isFunction, isNode, lineOf, type Node, treeOf, walk } from "./syntax.ts";
import { vocabulary } from "./vocabulary.ts";

/** A function of a text, as a fingerprint. */
export interface FunctionPrint {
  readonly name: string;
  readonly line: number;
  /** Equal for functions that differ only in names, comments, types and format. */
  readonly print: string;
  /** How much of it the author wrote: the nodes of statements that the given text does not hold, each form once. */
  readonly size: number;
}

/** Statements that belong to nobody: those of the edition that the students were given. */
export type Given = ReadonlySet<string>;

/** The functions of a text, also those within functions; null for text that does not parse. */
export function functionPrints(text: string, given: Given = new Set()): readonly FunctionPrint[] | null {
  const tree = treeOf(text);
  if (!tree) return null;
  const found: FunctionPrint[] = [];
  walk(tree, (node, above) => {
    if (!isFunction(node) || !isNode(node.body)) return;
    const { text: code, size } = normalise(node, vocabulary);
    const print = hash(code);
    const own = given.has(print) ? 0 : Math.min(size, ownSize(node.body, given, new Set()));
    found.push({ name: nameOf(node, above.at(-1)), line: lineOf(text, node.start), print, size: own });
  });
  return found;
}

/** The statements and functions of a text, for `given`. */
export function statementsOf(text: string): Given {
  const prints = new Set<string>();
  const tree = treeOf(text);
  if (tree)
    walk(tree, (node) => {
      if (isFunction(node) || isStatement(node)) prints.add(hash(normalise(node, vocabulary).text));
    });
  return prints;
}

/** Whether the last of these nodes, each within the one before, stands in a statement that was given. */
export function isGiven(path: readonly Node[], given: Given): boolean {
  const nearest = path.findLast(isStatement);
  return nearest !== undefined && given.has(hash(normalise(nearest, vocabulary).text));
}

const isStatement = ({ type }: Node): boolean =>
  (type.endsWith("Statement") && type !== "BlockStatement") || type === "VariableDeclaration";

/**
 * The nodes below one, without the statements that were given. Statements that are alike count once:
 * everybody updates eight arrays with eight lines of the same form.
 */
function ownSize(node: Node, given: Given, seen: Set<string>): number {
  if (isStatement(node)) {
    const print = hash(normalise(node, vocabulary).text);
    if (given.has(print) || seen.has(print)) return 0;
    seen.add(print);
  }
  const inner = childrenOf(node).filter(holdsStatement);
  if (inner.length === 0) return normalise(node, vocabulary).size;
  return inner.reduce((sum, child) => sum + ownSize(child, given, seen), 1);
}

const holding = new WeakMap<Node, boolean>();

function holdsStatement(node: Node): boolean {
  const known = holding.get(node) ?? (isStatement(node) || childrenOf(node).some(holdsStatement));
  holding.set(node, known);
  return known;
}

function nameOf({ id }: Node, parent: Node | undefined): string {
  const named = [id, parent?.id, parent?.key].find(isNode);
  return named && typeof named.name === "string" ? named.name : "a function without a name";
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
