import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder } from "../package-folder.ts";
import { textOf } from "./kernelspec-file.ts";
import { studentCopy } from "./student-copy.ts";

/** The package's lessons, which only their authors edit. */
export const lessonsFolder: string = join(packageFolder, "notebooks");

/** What became of one lesson in the student's folder. */
export interface Lesson {
  readonly name: string;
  /** "kept" if the student changed it. */
  readonly status: "copied" | "updated" | "unchanged" | "kept";
}

/**
 * Copies the lessons, without outputs and guesses, into a folder. A copy that the student changed stays as it is: `record` says
 * which text was written last, so that a copy which nobody changed can be updated.
 */
export function copyLessons(folder: string, record: string): Lesson[] {
  mkdirSync(dirname(record), { recursive: true });
  const written = recorded(record);
  const names = readdirSync(lessonsFolder).filter((name) => name.endsWith(".ipynb"));
  const lessons = names.map((name): Lesson => {
    const text = studentCopy(readFileSync(join(lessonsFolder, name), "utf8"));
    const before = textOf(join(folder, name));
    const status = statusOf(before, text, written[name]);
    if (status !== "kept") written[name] = hash(text);
    if (status === "copied" || status === "updated") writeFileSync(join(folder, name), text);
    return { name, status };
  });
  writeFileSync(record, `${JSON.stringify(written, null, 2)}\n`);
  return lessons;
}

/** What was written last, by name; nothing without a readable record: then every lesson that differs is kept. */
function recorded(record: string): Record<string, string> {
  try {
    return JSON.parse(textOf(record) ?? "{}");
  } catch {
    return {};
  }
}

function statusOf(before: string | null, text: string, written: string | undefined): Lesson["status"] {
  if (before === null) return "copied";
  if (before === text) return "unchanged";
  return hash(before) === written ? "updated" : "kept";
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
