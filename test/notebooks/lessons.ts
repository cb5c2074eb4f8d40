/** The lessons of this checkout: each source with its notebook. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../house/source.ts";
import { type LessonCell, lessonCells } from "./authoring/lesson-source.ts";

export interface Lesson {
  /** "01-the-same-classifier-twice" */
  readonly name: string;
  /** What the source says. */
  readonly cells: readonly LessonCell[];
  /** The text of the notebook file. */
  readonly ipynb: string;
}

export const lessonsFolder: string = join(root, "notebooks");

function stems(folder: string, ending: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => file.slice(0, -ending.length)).sort();
}

export const sourceNames: readonly string[] = stems(join(lessonsFolder, "source"), ".md");
export const notebookNames: readonly string[] = stems(lessonsFolder, ".ipynb");

/** Those that have a notebook. */
export const lessons: readonly Lesson[] = sourceNames
  .filter((name) => existsSync(join(lessonsFolder, `${name}.ipynb`)))
  .map((name): Lesson => {
    const path = join("notebooks/source", `${name}.md`);
    const cells = lessonCells(readFileSync(join(root, path), "utf8"), path);
    return { name, cells, ipynb: readFileSync(join(lessonsFolder, `${name}.ipynb`), "utf8") };
  });
