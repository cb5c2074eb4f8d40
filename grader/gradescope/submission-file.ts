import { chooseFile } from "../intake/choose-file.ts";
import { readFolder } from "../intake/folder.ts";
import type { Handed } from "../intake/intake.ts";
import { mostEntries } from "../intake/limits.ts";
import type { Metadata } from "./metadata.ts";

/** The one file that counts in `/autograder/submission`. Links are left out, and nothing is read yet. */
export async function submissionIn(
  folder: string,
  name: string,
  { student, attempt, handedIn }: Metadata,
): Promise<Handed> {
  const about = { student, attempt, handedIn, place: "submission" };
  try {
    const { files, notes } = await readFolder(folder, mostEntries);
    const choice = chooseFile(files, name);
    const refused = choice.file ? "" : [choice.refused, ...notes].join("; ");
    return { ...about, file: choice.file, refused, notes: [...notes, ...choice.notes] };
  } catch (error) {
    const refused = `the submission cannot be read: ${(error as Error).message}`;
    return { ...about, file: null, refused, notes: [] };
  }
}
