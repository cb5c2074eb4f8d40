import type { Assignment } from "../../homework/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { expectGradable } from "./gradable.ts";
import { expectNothingHidden } from "./leaks.ts";
import { notebookFile } from "./notebook.ts";
import { notebookCells } from "./notebook-source.ts";
import { puzzlesIn, withPuzzles } from "./parsons-puzzle.ts";
import { readmeOf } from "./readme.ts";
import type { Sources } from "./sources.ts";
import { expectMarkers, stripSolutions } from "./strip.ts";

/** The files of an edition, by name. */
export type Files = Readonly<Record<string, string>>;

/**
 * What students get: `hw1.ts` without solutions, `hw1.ipynb`, README.md, and `order.json` if the notebook offers lines
 * out of order. A file that differs from student to student is that of seed 0.
 * @throws RangeError that says where, for wrong markers, for checks and points that do not fit, and for a file that
 * would give a hidden check or a solution away
 */
export function editionOf(graded: GradedAssignment, sources: Sources): Files {
  const { assignment } = graded;
  expectGradable(graded);
  expectMarkers(sources.code, sources.codePath);
  const puzzles = puzzlesIn(sources);
  const order: Files = puzzles.length > 0 ? { "order.json": `${JSON.stringify(puzzles, null, 1)}\n` } : {};
  const files: Files = {
    [`${assignment.id}.ts`]: stripSolutions(sources.code, sources.codePath),
    [`${assignment.id}.ipynb`]: notebookOf(assignment, sources, "release"),
    "README.md": readmeOf(assignment),
    ...order,
    ...assignment.variant?.(0),
  };
  expectNothingHidden(files, graded, sources);
  return files;
}

/** The notebook as students get it, or as nbgrader's source, with the solutions in it. */
export function notebookOf(assignment: Assignment, sources: Sources, edition: "release" | "source"): string {
  const { notebookPath } = sources;
  const text = withPuzzles(sources.notebook, puzzlesIn(sources), notebookPath);
  return notebookFile(notebookCells(text, notebookPath), assignment, notebookPath, edition);
}

/**
 * The files of a student's own variant; none for an assignment that is the same for all.
 * @throws RangeError for a file that would give something away
 */
export function variantOf(graded: GradedAssignment, sources: Sources, seed: number): Files {
  const files = graded.assignment.variant?.(seed) ?? {};
  expectNothingHidden(files, graded, sources);
  return files;
}
