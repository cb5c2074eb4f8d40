import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { studyResult } from "../results.ts";
import type { StudyResult } from "../run-study.ts";

/** Data sets of real images, on which a study may have a second result, by the word in the file's name. */
const others: Readonly<Record<string, string>> = { mnist: "MNIST", cifar10: "CIFAR-10" };

/** A result, and the name of the real data set; null for what the study runs on by default. */
export type NamedResult = StudyResult & { readonly otherDataset: string | null };

/**
 * Every committed result of a study: the default one first.
 * @throws RangeError for a study without a result, or for an unknown name
 */
export function studyResults(name: string): NamedResult[] {
  const own = { ...studyResult(name), otherDataset: null };
  const more = Object.entries(others).flatMap(([dataset, title]) => {
    const file = fileURLToPath(new URL(`../../../studies/results/${name}.${dataset}.json`, import.meta.url));
    return existsSync(file) ? [{ ...JSON.parse(readFileSync(file, "utf8")), otherDataset: title }] : [];
  });
  return [own, ...more];
}
