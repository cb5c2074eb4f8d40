/** Cells and what they gave, as a notebook file of nbformat 4.5. */
import type { Output } from "../kernel.ts";
import type { LessonCell } from "./lesson-source.ts";

export interface SavedCell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

export interface SavedNotebook {
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly SavedCell[];
}

const metadata = {
  kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
  language_info: {
    codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
    version: "5.0.4",
  },
};

/** The text of the file, as Jupyter writes it. `outputsOf` says what each code cell gave. */
export function notebookFile(
  cells: readonly LessonCell[],
  outputsOf: (id: string) => readonly Output[],
): string {
  let count = 0;
  const saved = cells.map((cell): SavedCell => {
    const source = cell.text.split(/(?<=\n)/);
    if (cell.kind === "markdown") return { cell_type: "markdown", id: cell.id, metadata: {}, source };
    count += 1;
    const outputs = outputsOf(cell.id).map((output) =>
      output.output_type === "execute_result" ? { ...output, execution_count: count } : output,
    );
    const { id, isTimed } = cell;
    const tags = isTimed ? { tags: ["timed"] } : {};
    return { cell_type: "code", execution_count: count, id, metadata: tags, outputs, source };
  });
  return `${JSON.stringify({ cells: saved, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** What the text of a file holds. */
export function notebookOf(ipynb: string): SavedNotebook {
  return JSON.parse(ipynb) as SavedNotebook;
}

export function sourceOf({ source }: SavedCell): string {
  return typeof source === "string" ? source : source.join("");
}
