import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import { compareAll } from "./compare-all.ts";
import { honestyPage } from "./honesty-page.ts";
import { editionText, ownTexts } from "./own-texts.ts";

/** Writes `honesty.html` for the texts of a class, by student. */
export async function writeHonesty(
  sources: ReadonlyMap<string, string>,
  assignment: string,
  out: string,
  wall: string,
): Promise<void> {
  const report = compareAll(
    sources,
    editionText(assignment),
    sources.size > 0 ? ownTexts(assignment) : new Map(),
  );
  const text = honestyPage(report, assignment, wall);
  await writeAtomically(join(out, "honesty.html"), new TextEncoder().encode(text));
}
