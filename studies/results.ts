import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { studyNamed } from "./registry.ts";
import type { StudyResult } from "./run-study.ts";

/** Where the committed results lie, beside the sources. */
const folder = new URL("../../studies/results/", import.meta.url);

/**
 * The result of a study that comes with the package: the numbers that the claims quote.
 * @throws RangeError for a study that has no result yet, or for an unknown name
 * @example studyResult("circles").study // "circles"
 */
export function studyResult(name: string): StudyResult {
  const study = studyNamed(name);
  const file = fileURLToPath(new URL(`${study.name}.json`, folder));
  if (!existsSync(file))
    throw new RangeError(
      `studyResult: ${study.name} has no result yet; npx chalk-and-tape study ${study.name} --out DIR makes one`,
    );
  return JSON.parse(readFileSync(file, "utf8"));
}
