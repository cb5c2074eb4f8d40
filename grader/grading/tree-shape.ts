/** What decides whether a text is compiled at all. */
export interface TreeShape {
  /** Levels of the syntax tree. */
  readonly depth: number;
  /** The line of an enum; null without one. */
  readonly enumAt: number | null;
}

/** Walks the syntax tree of a text level by level: a walk that calls itself would end on a flood of brackets. */
export async function treeShape(text: string, name: string): Promise<TreeShape> {
  const { parseSync } = await import("oxc-parser");
  let level: Node[] = [parseSync(name, text).program];
  let found: Node | undefined;
  for (let depth = 0; ; depth++) {
    if (level.length === 0) return { depth, enumAt: found ? lineAt(text, found.start ?? 0) : null };
    found ??= level.find(({ type }) => type === "TSEnumDeclaration");
    level = level.flatMap((node) => Object.values(node).flat().filter(isNode));
  }
}

interface Node {
  readonly type?: unknown;
  readonly start?: number;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function lineAt(text: string, start: number): number {
  return text.slice(0, start).split("\n").length;
}
