/** A lesson as the student gets it: nothing has run yet, and no guess is made. */

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** A number or a quoted text. */
const literal = /-?(?:\.?\d[\w.]*(?:(?<=e)[+-]\d+)?|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/i;
const exampleGuess = new RegExp(`${literal.source}\\s*/\\* example guess \\*/`, "gi");

/** The code with `null` in place of every number or text that is marked as an example guess. */
export function withoutGuesses(code: string): string {
  return code.replace(exampleGuess, "null /* your guess */");
}

/** The text of the notebook file without outputs and without guesses, as Jupyter writes it. */
export function studentCopy(ipynb: string): string {
  const notebook = JSON.parse(ipynb) as { readonly cells: readonly Cell[] };
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code"
      ? { ...cell, execution_count: null, outputs: [], source: emptied(cell.source) }
      : cell,
  );
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}

function emptied(source: string | readonly string[]): string | readonly string[] {
  if (typeof source === "string") return withoutGuesses(source);
  return withoutGuesses(source.join("")).split(/(?<=\n)/);
}
