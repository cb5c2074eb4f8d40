import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { fileNameOf } from "../grading/file-name.ts";
import type { SubmissionResult, WallProbe } from "../grading/result.ts";
import { writeHonesty } from "../honesty/write-honesty.ts";
import { classPage } from "./class-page.ts";
import { automatic, type FinalScore } from "./final-score.ts";
import { canvasName, moodleName, zipOf } from "./lms-zip.ts";
import { studentPage } from "./student-page.ts";

export interface PageOptions {
  /** The wall's name, as every page says it. */
  readonly wall: string;
  readonly selfTest: readonly WallProbe[];
  /** The text of each student's file, by student: for the honesty page. Those not gradable are left out. */
  readonly sources: ReadonlyMap<string, string>;
  /** The name of the file or folder in the archive of the learning system, by student; by default the result's `place`. */
  readonly handedInAs?: ReadonlyMap<string, string>;
  /** What a late rule, overrides and rubric scores made of the points, by student. */
  readonly finals?: ReadonlyMap<string, FinalScore>;
}

/**
 * Writes `feedback/<student>.html`, `feedback-canvas.zip`, `feedback-moodle.zip`, `class.html` and
 * `honesty.html` into a folder. The same results give the same bytes.
 * A zip holds the students whose file had a name of that system, and is not written for none.
 */
export async function writePages(
  results: readonly SubmissionResult[],
  { assignment }: GradedAssignment,
  out: string,
  options: PageOptions,
): Promise<void> {
  const { sources, handedInAs = new Map(), finals = new Map() } = options;
  await mkdir(join(out, "feedback"), { recursive: true });
  const zips = { canvas: new Map<string, string>(), moodle: new Map<string, string>() };
  for (const result of results) {
    const { student } = result;
    const text = studentPage(result, assignment, finals.get(student) ?? automatic(result));
    await write(join(out, "feedback", `${fileNameOf(student)}.html`), text);
    const name = handedInAs.get(student) ?? result.place ?? "";
    const names = { canvas: canvasName(name), moodle: moodleName(name) };
    if (names.canvas !== null) zips.canvas.set(names.canvas, text);
    if (names.moodle !== null) zips.moodle.set(names.moodle, text);
  }
  for (const [name, pages] of Object.entries(zips))
    if (pages.size > 0) await writeAtomically(join(out, `feedback-${name}.zip`), zipOf(pages));
  await write(join(out, "class.html"), classPage(results, assignment, finals, options));
  const isGraded = new Set(results.flatMap(({ student, state }) => (state === "graded" ? [student] : [])));
  const read = new Map([...sources].filter(([student]) => isGraded.has(student)));
  await writeHonesty(read, assignment.id, out, options.wall);
}

async function write(path: string, text: string): Promise<void> {
  await writeAtomically(path, new TextEncoder().encode(text));
}
