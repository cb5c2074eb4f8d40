import { notebookOf } from "../authoring/notebook-file.ts";
import type { Lesson } from "../lessons.ts";
import { contentsPage, type LessonPage, lessonPage, titleOf } from "./page.ts";

/** The files of the site by name: a page for each lesson, and index.html. */
export function siteOf(lessons: readonly Lesson[]): ReadonlyMap<string, string> {
  const pages = lessons.map(({ name, ipynb }): LessonPage => {
    const { cells } = notebookOf(ipynb);
    return { file: `${name}.html`, title: titleOf(name, cells), cells };
  });
  const files = pages.map(
    (page, i) => [page.file, lessonPage(page, pages[i - 1] ?? null, pages[i + 1] ?? null)] as const,
  );
  return new Map([["index.html", contentsPage(pages)], ...files]);
}
