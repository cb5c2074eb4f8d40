import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, type OptionTable, settleOptions, text, withoutDefault } from "../np/internal.ts";
import { studyNamed } from "./registry.ts";
import type { StudyResult } from "./run-study.ts";
import type { Study } from "./study.ts";

/** Where the committed results lie, beside the sources. */
const folder = new URL("../../studies/results/", import.meta.url);

export interface StudyResultOptions {
  /** The result on this data set, such as "mnist". Default: the study's own data. */
  readonly dataset?: string | undefined;
}

const options: OptionTable<StudyResultOptions> = { dataset: withoutDefault(text) };

/**
 * The result of a study that comes with the package: the numbers that the claims quote.
 * @throws RangeError for a study or a data set that has no result, with those that there are
 * @example studyResult("circles").study // "circles"
 */
export function studyResult(name: string, given: StudyResultOptions = {}): StudyResult {
  const study = studyNamed(name);
  const { dataset } = settleOptions("studyResult", { name: "studyResult", positional: {}, options }, given);
  const stem = resultName(study, dataset);
  const file = fileURLToPath(new URL(`${stem}.json`, folder));
  if (/^[\w.-]+$/.test(stem) && existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const command = `npx chalk-and-tape study ${study.name}`;
  if (dataset === undefined)
    throw new RangeError(
      `studyResult: ${study.name} has no result yet, only ${availableResults(study)}; ${command} --out DIR makes one`,
    );
  throw new RangeError(
    `studyResult: ${study.name} has no result for dataset ${describe(dataset)}; expected one of: ${availableResults(study)}. ` +
      `${command} --dataset NAME --out DIR makes one`,
  );
}

/** The name of a result's files, without an ending: NAME, or NAME.mnist for another data set. */
export function resultName(study: Study, dataset?: string): string {
  const isOwn = dataset === undefined || dataset === study.options.dataset;
  return isOwn ? study.name : `${study.name}.${dataset}`;
}

/** The data sets for which a study has a committed result; `undefined` is the study's own. */
export function resultDatasets(study: Study): (string | undefined)[] {
  return readdirSync(fileURLToPath(folder))
    .flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []))
    .filter((stem) => stem === study.name || stem.startsWith(`${study.name}.`))
    .map((stem) => (stem === study.name ? undefined : stem.slice(study.name.length + 1)))
    .sort();
}

/** The data sets that have a result, in words. */
function availableResults(study: Study): string {
  const found = resultDatasets(study).map((dataset) =>
    dataset === undefined ? "the study's own data (no dataset)" : describe(dataset),
  );
  return found.join(", ") || "none";
}
