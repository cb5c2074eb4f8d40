/** What every lesson has to be, whatever it teaches. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse } from "../house/source.ts";
import { codeOf, type LessonCell } from "./authoring/lesson-source.ts";
import { notebookOf, type SavedCell, sourceOf } from "./authoring/notebook-file.ts";
import type { Lesson } from "./lessons.ts";

const [fewest, most] = [10, 25];
const mark = "/* example guess */";
/** A number or a quoted text with the mark: what the student's copy replaces. */
const marked = /^(?:-?[\d.]+(?:e[+-]?\d+)?|"[^"\n]*"|'[^'\n]*')\s*\/\* example guess \*\/$/i;

/** One sentence for each rule that a lesson breaks. */
export function lessonProblems({ name, cells, ipynb }: Lesson): string[] {
  const { metadata, cells: saved } = notebookOf(ipynb);
  const code = codeOf(cells);
  const guesses = code.flatMap(({ text }) => guessesIn(text));
  const said = (isWrong: boolean, problem: string): string[] => (isWrong ? [`${name}: ${problem}`] : []);
  return [
    ...said(metadata.kernelspec.name !== "tslab", "its kernelspec is not tslab"),
    ...said(
      cells.length < fewest || cells.length > most,
      `${cells.length} cells, expected ${fewest} to ${most}`,
    ),
    ...said(ipynb.length >= 2 ** 20, "1 MB or more"),
    ...said(
      !/^predictions\(\);?$/.test(code.at(-1)?.text.trim() ?? ""),
      "its last code cell is not predictions()",
    ),
    ...said(guesses.length < 2, `${guesses.length} calls of predict, expected two or more`),
    ...guesses
      .filter((guess) => !marked.test(guess))
      .map((guess) => `${name}: write ${guess} ${mark}, so that the student's copy has none`),
    ...savedProblems(cells, saved).map((problem) => `${name}: ${problem}; run npm run lessons`),
  ];
}

/** How the notebook differs from its source. */
function savedProblems(cells: readonly LessonCell[], saved: readonly SavedCell[]): string[] {
  const ids = (all: readonly { readonly id: string }[]): string => all.map(({ id }) => id).join(", ");
  if (ids(cells) !== ids(saved)) return [`its cells are ${ids(saved)}; the source has ${ids(cells)}`];
  const bad = cells.filter(({ id }) => !/^[\w-]{1,64}$/.test(id)).map(({ id }) => `the id ${id} is not one`);
  const other = cells.filter(({ kind, text }, i) => {
    const cell = saved[i];
    return !cell || cell.cell_type !== kind || sourceOf(cell) !== text;
  });
  const ran = saved.filter(({ cell_type }) => cell_type === "code");
  const isSilent = ran.every(({ outputs = [] }) => outputs.length === 0);
  const isOutOfOrder = ran.some(({ execution_count }, i) => execution_count !== i + 1);
  return [
    ...bad,
    ...other.map(({ id }) => `cell ${id} is not what its source says`),
    ...(isSilent ? ["it has no outputs"] : []),
    ...(isOutOfOrder ? ["its cells did not run once each, from top to bottom"] : []),
  ];
}

/** The third argument of every call of `predict`, with the comment behind it. */
function guessesIn(code: string): string[] {
  return descendants(parse(code))
    .filter(ts.isCallExpression)
    .filter(({ expression }) => expression.getText() === "predict")
    .map(({ arguments: [, , guess] }) => {
      if (!guess) return "nothing";
      const text = guess.getSourceFile().text;
      const comments = ts.getTrailingCommentRanges(text, guess.end) ?? [];
      return [guess.getText(), ...comments.map(({ pos, end }) => text.slice(pos, end))].join(" ");
    });
}
