/** A notebook as its author writes it: Markdown in which some fences are cells. */

export interface NotebookCell {
  /** The rest of the text, code, or a text that a person grades. */
  readonly kind: "text" | "code" | "essay";
  readonly id: string;
  readonly text: string;
  /** Whether the cell is code that students leave as it is. */
  readonly isLocked: boolean;
}

const opening = /^```(typescript|markdown)(?: ([\w-]+))?(?: (locked))?$/;

/**
 * The cells in order. A fence ```` ```typescript NAME ```` is code, locked if that word stands behind the name;
 * ```` ```markdown essay-ID ```` is a text that a person grades; the text between two of them is one cell, `before-NAME`
 * or `end`. Other fences stay in the text.
 * @throws RangeError with the line, for a cell without a name, a name that is used twice or kept for texts, and a fence
 * that is never closed
 */
export function notebookCells(markdown: string, path: string): readonly NotebookCell[] {
  const cells: NotebookCell[] = [];
  let text: string[] = [];
  let open: (Omit<NotebookCell, "text"> & { readonly line: number; readonly lines: string[] }) | null = null;
  let quoted = false;
  const endText = (id: string): void => {
    const trimmed = text.join("\n").trim();
    if (trimmed !== "") cells.push({ kind: "text", id, text: trimmed, isLocked: true });
    text = [];
  };
  for (const [i, line] of markdown.split(/\r?\n/).entries()) {
    if (open) {
      if (line !== "```") open.lines.push(line);
      else {
        const { kind, id, isLocked, lines } = open;
        cells.push({ kind, id, text: lines.join("\n"), isLocked });
        open = null;
      }
      continue;
    }
    const fence = quoted ? null : opening.exec(line);
    if (!fence || (fence[1] === "markdown" && !fence[2]?.startsWith("essay-"))) {
      if (/^```/.test(line)) quoted = !quoted && line !== "```" ? true : !quoted;
      text.push(line);
      continue;
    }
    const id = idOf(fence[2], cells, `${path}:${i + 1}`);
    endText(`before-${id}`);
    const kind = fence[1] === "typescript" ? "code" : "essay";
    open = { kind, id, isLocked: fence[3] !== undefined, line: i + 1, lines: [] };
  }
  if (open) throw new RangeError(`${path}:${open.line}: the fence of cell ${open.id} is never closed`);
  endText("end");
  return cells;
}

function idOf(id: string | undefined, cells: readonly NotebookCell[], place: string): string {
  if (id === undefined) throw new RangeError(`${place}: name the cell: \`\`\`typescript its-name`);
  if (id === "end" || id.startsWith("before-"))
    throw new RangeError(`${place}: ${id} is the name of a text; call the cell otherwise`);
  if (id.length > 50)
    throw new RangeError(`${place}: the name ${id} is too long; expected at most 50 letters`);
  if (cells.some((cell) => cell.id === id))
    throw new RangeError(`${place}: a cell before this one is named ${id} too`);
  return id;
}
