/** A lesson as its author writes it: Markdown in which each fence ```typescript NAME is a cell. */

export interface TextCell {
  readonly kind: "markdown";
  readonly id: string;
  readonly text: string;
}

export interface CodeCell {
  readonly kind: "code";
  readonly id: string;
  readonly text: string;
  /** Whether its output differs from run to run: it shows seconds. */
  readonly isTimed: boolean;
}

export type LessonCell = TextCell | CodeCell;

const opening = /^```typescript(?: ([\w-]+))?(?: (timed))?$/;

/**
 * The cells in order. The text between two fences is one cell; its id is `before-NAME`, or `end`.
 * Fences in other languages, and ```ts, stay in the text.
 * @throws Error for a cell without a name, a name used twice or kept for texts, and a fence that is
 * never closed
 */
export function lessonCells(markdown: string, path: string): LessonCell[] {
  const cells: LessonCell[] = [];
  let text: string[] = [];
  let code: { id: string; isTimed: boolean; lines: string[] } | null = null;
  const endText = (id: string): void => {
    const trimmed = text.join("\n").trim();
    if (trimmed !== "") cells.push({ kind: "markdown", id, text: trimmed });
    text = [];
  };
  for (const [i, line] of markdown.split("\n").entries()) {
    if (code) {
      if (line === "```") {
        cells.push({ kind: "code", id: code.id, text: code.lines.join("\n"), isTimed: code.isTimed });
        code = null;
      } else code.lines.push(line);
      continue;
    }
    const [fence, id, timed] = opening.exec(line) ?? [];
    if (fence === undefined && /^```typescript\b/.test(line))
      throw new Error(
        `${path}:${i + 1}: ${line}; write \`\`\`typescript its-name, and timed behind it if it shows seconds`,
      );
    if (fence === undefined) text.push(line);
    else {
      if (id === undefined) throw new Error(`${path}:${i + 1}: name the cell: \`\`\`typescript its-name`);
      if (id === "end" || id.startsWith("before-"))
        throw new Error(`${path}:${i + 1}: ${id} is the name of a text; call the cell otherwise`);
      if (cells.some((cell) => cell.id === id))
        throw new Error(`${path}:${i + 1}: a cell before this one is named ${id} too`);
      endText(`before-${id}`);
      code = { id, isTimed: timed !== undefined, lines: [] };
    }
  }
  if (code) throw new Error(`${path}: the fence of cell ${code.id} is never closed`);
  endText("end");
  return cells;
}

export function codeOf(cells: readonly LessonCell[]): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.kind === "code");
}
