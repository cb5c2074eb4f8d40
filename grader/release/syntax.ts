import { type Comment, type Node, parseSync, visitorKeys } from "oxc-parser";

/** A node, and the nodes around it, the outermost first. */
export interface Placed {
  readonly node: Node;
  readonly around: readonly Node[];
}

/** A TypeScript text with its syntax tree. */
export interface Parsed {
  readonly text: string;
  readonly path: string;
  /** All nodes, each before those inside it. */
  readonly nodes: readonly Placed[];
  readonly comments: readonly Comment[];
}

/** @throws RangeError with the line, for text that does not parse */
export function parsed(text: string, path: string): Parsed {
  const { program, comments, errors } = parseSync(path, text, { lang: "ts", sourceType: "module" });
  const [first] = errors;
  if (first) throw problemAt({ text, path }, first.labels[0]?.start ?? 0, first.message);
  const nodes: Placed[] = [];
  collect(program, [], nodes);
  return { text, path, nodes, comments };
}

function collect(node: Node, around: readonly Node[], into: Placed[]): void {
  into.push({ node, around });
  const inside = [...around, node];
  for (const child of childrenOf(node)) collect(child, inside, into);
}

/** The nodes directly below a node. */
export function childrenOf(node: Node): readonly Node[] {
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null>>;
  return (visitorKeys[node.type] ?? [])
    .flatMap((key) => fields[key] ?? [])
    .filter((child): child is Node => child !== null);
}

/** Counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** `hw1.ts:12: what is wrong`. */
export function problemAt(
  { text, path }: { readonly text: string; readonly path: string },
  offset: number,
  what: string,
): RangeError {
  return new RangeError(`${path}:${lineAt(text, offset)}: ${what}`);
}
