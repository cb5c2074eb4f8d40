import { significant } from "../../np/internal.ts";
import { studyNamed } from "../registry.ts";
import { resultDatasets, studyResult } from "../results.ts";
import type { StudyResult } from "../run-study.ts";
import type { Finding, Summary } from "../study.ts";
import { combined } from "./combined.ts";
import type { ClaimDefinition, Computed, Evidence } from "./definition.ts";
import type { ClaimRow, ClaimRun, Measurement } from "./row.ts";

type Conclusion = Pick<ClaimRow, "verdict" | "sentence" | "runs">;

/** How sentences call the data sets of real images. */
const others: Readonly<Record<string, string>> = { mnist: "MNIST", cifar10: "CIFAR-10" };

/** The row of a claim: reads its studies' results, or computes. @throws RangeError for a study without a result */
export function claimRow({ evidence, corrected, ...said }: ClaimDefinition): ClaimRow {
  try {
    return { ...said, kind: evidence.kind, ...concluded(evidence), correctedSlide: corrected ?? null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RangeError(`claim ${said.id}: ${message}`, { cause: error });
  }
}

function concluded(evidence: Evidence): Conclusion {
  if (evidence.kind === "dated") {
    const finding: Finding = { verdict: "not measurable here", sentence: evidence.sentence };
    const run = { command: null, dataset: "none", seeds: null, date: evidence.date, numbers: {} };
    return { ...finding, runs: [{ ...finding, ...run }] };
  }
  if (evidence.kind === "computed") {
    const { verdict, sentence, numbers } = evidence.run();
    const { dataset } = evidence;
    const run = { command: "npm run claims", dataset, seeds: null, date: null, numbers: single(numbers) };
    return { verdict, sentence, runs: [{ verdict, sentence, ...run }] };
  }
  const { studies, reading = ({ finding }: StudyResult) => finding } = evidence;
  const runs = studies.flatMap(resultsOf).flatMap((result) => {
    const finding = reading(result);
    return finding === null ? [] : [runOf(result, finding)];
  });
  return { ...combined(runs), runs };
}

function single(numbers: Computed["numbers"]): Record<string, Measurement> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, { median: value, min: value, max: value }]),
  );
}

/** Every committed result of a study, that on its own data first. */
function resultsOf(name: string): StudyResult[] {
  const more = resultDatasets(studyNamed(name)).flatMap((dataset) => dataset ?? []);
  return [studyResult(name), ...more.map((dataset) => studyResult(name, { dataset }))];
}

function runOf(result: StudyResult, { verdict, sentence }: Finding): ClaimRun {
  const { study, seeds, date, summary, dataset, options } = result;
  const other = options.dataset === studyNamed(study).options.dataset ? "" : ` --dataset ${options.dataset}`;
  const title = others[String(options.dataset)];
  return {
    verdict,
    sentence: other !== "" && title !== undefined ? `On ${title}: ${sentence}` : sentence,
    command: `npx chalk-and-tape study ${study}${other}`,
    dataset,
    seeds,
    date,
    numbers: rounded(summary),
  };
}

/** Four digits are enough to be read. */
function rounded(summary: Summary): Record<string, Measurement> {
  const short = (x: number): number => significant(x, 4);
  return Object.fromEntries(
    Object.entries(summary).map(([name, { median, min, max }]) => [
      name,
      { median: short(median), min: short(min), max: short(max) },
    ]),
  );
}
