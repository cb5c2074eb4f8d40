import type { Assignment, Essay } from "../../homework/internal.ts";
import { type NbgraderKind, releaseMetadata, sourceMetadata } from "./nbgrader-cell.ts";
import type { NotebookCell } from "./notebook-source.ts";
import { stripSolutions } from "./strip.ts";

/** `release` is what a student gets; `source` is nbgrader's own source, with the solutions. */
export type NotebookEdition = "release" | "source";

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

const solution = /\b(?:BEGIN|END) SOLUTION\b/;

/**
 * The text of a notebook file (nbformat 4.5) with nbgrader's metadata. Texts are read-only, a cell `check-…` holds the
 * points of its task's public checks (one that checks all tasks holds none), a cell with a solution is an answer, and
 * other code is free.
 * @throws RangeError for a task whose checks have no cell or two, an essay without its cell, and wrong markers
 */
export function notebookFile(
  cells: readonly NotebookCell[],
  assignment: Assignment,
  path: string,
  edition: NotebookEdition,
): string {
  expectAllPoints(cells, assignment, path);
  const saved = cells.map((cell) => {
    const { kind, id } = cell;
    const type = kind === "code" ? "code" : "markdown";
    const text = edition === "source" ? cell.text : strippedText(cell, path);
    const role = roleOf(cell);
    const mark = role && sourceMetadata(role, id, pointsOf(cell, assignment, path));
    const marks = edition === "source" ? { nbgrader: mark } : mark && releaseMetadata(mark, type, text);
    const common = { cell_type: type, id, metadata: (mark && marks) ?? {}, source: text.split(/(?<=\n)/) };
    return type === "code" ? { ...common, execution_count: null, outputs: [] } : common;
  });
  return `${JSON.stringify({ cells: saved, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function roleOf(cell: NotebookCell): NbgraderKind | null {
  const { kind, id, text, isLocked } = cell;
  if (kind === "essay") return "graded by a person";
  if (taskOf(cell) !== null) return "tests";
  if (kind === "text" || isLocked || id.startsWith("check-")) return "read-only";
  return solution.test(text) ? "answer" : null;
}

function strippedText({ kind, id, text }: NotebookCell, path: string): string {
  if (!solution.test(text)) return text;
  if (kind === "code") return stripSolutions(text, `${path}, cell ${id}`, { cell: id });
  if (kind === "essay") {
    const stripped = text.replace(
      /^.*\bBEGIN SOLUTION\b.*\n(?:.*\n)*?.*\bEND SOLUTION\b.*$/gm,
      "YOUR ANSWER HERE",
    );
    if (!solution.test(stripped)) return stripped;
  }
  throw new RangeError(`${path}: the markers of a solution stand wrongly in ${id}`);
}

function pointsOf(cell: NotebookCell, assignment: Assignment, path: string): number | null {
  if (cell.kind === "essay") return essayOf(cell, assignment, path).points;
  const task = taskOf(cell);
  if (task === null) return null;
  return assignment.checks.reduce((sum, check) => (check.task === task ? sum + check.points : sum), 0);
}

function essayOf({ id }: NotebookCell, { essays }: Assignment, path: string): Essay {
  const essay = essays.find((one) => `essay-${one.id}` === id);
  if (!essay) throw new RangeError(`${path}: cell ${id} names no essay of the assignment`);
  return essay;
}

/** The task that a check cell runs: `checkHomework("hw1", { task: 1 })`, or the number in its name; null for all tasks. */
function taskOf({ kind, id, text }: NotebookCell): number | null {
  if (kind !== "code" || !id.startsWith("check-")) return null;
  const number = /\btask:\s*(\d+)/.exec(text)?.[1] ?? /^check-(?:task-?)?(\d+)/.exec(id)?.[1];
  return number === undefined ? null : Number(number);
}

/** Each task with public points has one check cell, and each essay one cell: nbgrader adds their points. */
function expectAllPoints(cells: readonly NotebookCell[], assignment: Assignment, path: string): void {
  const tasks = cells.flatMap((cell) => taskOf(cell) ?? []);
  for (const task of new Set([...tasks, ...assignment.checks.map((check) => check.task)])) {
    const count = tasks.filter((one) => one === task).length;
    if (!assignment.checks.some((check) => check.task === task))
      throw new RangeError(`${path}: a check cell names task ${task}, which has no public checks`);
    if (count !== 1)
      throw new RangeError(
        `${path}: task ${task} has ${count} cells check-…, expected 1: its points would count so often`,
      );
  }
  for (const { id } of assignment.essays)
    if (!cells.some((cell) => cell.id === `essay-${id}`))
      throw new RangeError(`${path}: essay ${id} has no cell: write a fence \`\`\`markdown essay-${id}`);
}
