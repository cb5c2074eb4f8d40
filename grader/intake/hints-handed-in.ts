import { readHints } from "../../homework/internal.ts";
import type { HandedFile } from "./tree.ts";

const longest = 100_000;

/** The checks for which a student's record names a hint, each once; none without a record that can be read. */
export async function hintsHandedIn(record: HandedFile | undefined): Promise<readonly string[]> {
  if (!record) return [];
  try {
    const text = new TextDecoder().decode(await record.read(longest));
    return [...new Set(readHints(text).map(({ check }) => check.slice(0, 60)))];
  } catch {
    return [];
  }
}
