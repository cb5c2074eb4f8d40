import type { Lesson } from "../lessons.ts";
import { contentsPage, type Link, lessonPage, titleOf } from "./page.ts";

/** The files of the site by name: a page for each lesson, and index.html. */
export function siteOf(lessons: readonly Lesson[]): ReadonlyMap<string, string> {
  const links = lessons.map(({ name, ipynb }): Link => ({ file: `${name}.html`, title: titleOf(ipynb) }));
  const pages = lessons.map(
    ({ name, ipynb }, i) =>
      [`${name}.html`, lessonPage(ipynb, links[i - 1] ?? null, links[i + 1] ?? null)] as const,
  );
  return new Map([["index.html", contentsPage(links)], ...pages]);
}
