import { zipSync } from "fflate";
import { order } from "./common-mistakes.ts";

/** The oldest time that a zip can hold: the same pages give the same bytes. */
const mtime = new Date(1980, 0, 1);

/**
 * A zip in which each page has the name by which Canvas finds the student: the name of the file that was
 * downloaded, `surnamegiven_USER_ATTACHMENT_file`, with the page's ending. Null for another name.
 */
export function canvasName(handedInAs: string): string | null {
  const file = handedInAs.split(/[/\\]/).at(-1) as string;
  const match = /^([^_]*(?:_LATE)?_\d+_\d+_.*?)(?:-\d+)?\.\w+$/i.exec(file);
  return match ? `${match[1]}.html` : null;
}

/**
 * The name by which Moodle finds a participant: `Full Name_PARTICIPANT_assignfeedback_file_page.html`,
 * from the name of the downloaded folder or file, `Full Name_PARTICIPANT_assignsubmission_file_`.
 */
export function moodleName(handedInAs: string): string | null {
  for (const part of handedInAs.split(/[/\\]/)) {
    const match = /^([^_]+)_(\d+)_assignsubmission_file_/.exec(part);
    if (match) return `${match[1]}_${match[2]}_assignfeedback_file_feedback.html`;
  }
  return null;
}

/** The bytes of a zip with these pages. */
export function zipOf(pages: ReadonlyMap<string, string>): Uint8Array {
  const encoder = new TextEncoder();
  const entries = [...pages].sort(([a], [b]) => order(a, b));
  return zipSync(
    Object.fromEntries(entries.map(([name, text]) => [name, [encoder.encode(text), { mtime }]])),
  );
}
