import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import { gradedAssignment } from "../graded.ts";
import { editionOf, type Files, variantOf } from "./edition.ts";
import { nbgraderCourse } from "./nbgrader-course.ts";
import { readSources } from "./sources.ts";
import { variantSeed } from "./variant-seed.ts";

/** Where a release goes. */
export interface ReleaseOptions {
  /** The folder of the repository, which has the sources. */
  readonly repository: string;
  /** Instead of `homework/<id>/edition/` in the repository. */
  readonly out?: string | undefined;
  /** Ids of students: each gets a folder of that name in `out`, with files of its own. */
  readonly students?: readonly string[] | undefined;
  /** The folder of an nbgrader course. */
  readonly nbgrader?: string | undefined;
}

/**
 * Writes the students' edition of an assignment. Nothing is written unless all of it is fine.
 * @returns the paths of the files
 * @throws RangeError that says what is wrong with the sources, or with an id that cannot name a folder
 */
export async function release(id: string, options: ReleaseOptions): Promise<readonly string[]> {
  const graded = await gradedAssignment(id);
  const sources = readSources(id, options.repository);
  const edition = editionOf(graded, sources);
  const { students, nbgrader, out } = options;
  const folder = out ?? join(options.repository, "homework", id, "edition");
  const folders: [string, Files][] = [];
  if (students) {
    for (const student of students) expectFolderName(student);
    for (const student of students)
      folders.push([
        join(folder, student),
        { ...edition, ...variantOf(graded, sources, variantSeed(id, student)) },
      ]);
  } else if (out !== undefined || nbgrader === undefined) folders.push([folder, edition]);
  if (nbgrader !== undefined) folders.push([nbgrader, nbgraderCourse(graded, sources, edition)]);
  if (out === undefined && !students) removeOthers(folder, edition);
  return folders.flatMap(([to, files]) => writeFiles(to, files));
}

function writeFiles(folder: string, files: Files): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeAtomically(path, Buffer.from(text));
    return path;
  });
}

/** A file of an earlier edition would stay in the package. */
function removeOthers(folder: string, files: Files): void {
  try {
    for (const name of readdirSync(folder)) if (!Object.hasOwn(files, name)) rmSync(join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function expectFolderName(student: string): void {
  if (/^[\p{L}\d][\p{L}\p{M}\d._@+-]{0,99}$/u.test(student)) return;
  throw new RangeError(
    `the student's id ${JSON.stringify(student)} cannot name a folder; expected letters, digits and . _ @ + -`,
  );
}
