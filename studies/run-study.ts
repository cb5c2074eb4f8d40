import {
  count,
  describe,
  functionOf,
  having,
  type OptionTable,
  objectWith,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import type { Journal } from "./journal.ts";
import type { Finding, Options, OtherDataset, Report, Row, Study, Summary } from "./study.ts";

/** What a study found: everything that claims and pictures are made from. */
export interface StudyResult {
  readonly study: string;
  readonly dataset: string;
  readonly options: Options;
  readonly seeds: number;
  /** The day on which it was finished, as 2026-11-29. */
  readonly date: string;
  /** The seconds of one seed, the median over the seeds. */
  readonly seconds: number;
  readonly finding: Finding;
  readonly summary: Summary;
}

/** Where a run keeps its finished seeds: a `Journal`, or anything that does the same. */
type SeedJournal = Pick<Journal, "entries" | "append">;

export interface RunOptions {
  /** How many seeds, 0, 1, …. Default: the study's own number. */
  readonly seeds?: number | undefined;
  /** The name of another data set, such as "mnist". Default: the study's own. */
  readonly dataset?: string | undefined;
  /** Replaces some of the study's options. */
  readonly options?: Options | undefined;
  /** Where finished seeds are kept, so that a second run goes on. Default: nowhere. */
  readonly journal?: SeedJournal | undefined;
  /** Called with the share done of all seeds. */
  readonly report?: Report | undefined;
  /** Called after each seed. */
  readonly onSeed?: ((seed: number, row: Row, seconds: number) => void) | undefined;
}

type OnSeed = NonNullable<RunOptions["onSeed"]>;

const runOptions: OptionTable<RunOptions> = {
  seeds: withoutDefault(count(), "the study's own number"),
  dataset: withoutDefault(text, "the study's own"),
  options: withoutDefault(objectWith<Options>("an object with some of the study's options", {})),
  journal: withoutDefault(having<SeedJournal>("a journal of finished seeds", "entries", "append")),
  report: withoutDefault(functionOf<Report>("a function of a share and a note")),
  onSeed: withoutDefault(functionOf<OnSeed>("a function of a seed, its row and its seconds")),
};

/**
 * Runs a study for every seed that its journal does not hold, and sums up.
 * @throws TypeError for an unknown option of the run; RangeError for fewer than 1 seed, for an unknown option of the
 * study or an unknown data set, and for a measurement that is not finite
 * @example (await runStudy(studyNamed("circles"), { seeds: 1, options: { steps: 1, grid: 9 } })).seeds // 1
 */
export async function runStudy(study: Study, given: RunOptions = {}): Promise<StudyResult> {
  const contract = { name: "runStudy", positional: {}, options: runOptions };
  const settled: RunOptions = settleOptions("runStudy", contract, given);
  const { seeds = study.seeds, dataset, journal, report, onSeed } = settled;
  const other = dataset === undefined ? undefined : otherDataset(study, dataset);
  const options = optionsOf(study, { ...other?.options, ...settled.options });
  const done = journal?.entries(options);
  const rows: Row[] = [];
  const times: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const earlier = done?.get(seed);
    if (earlier) {
      rows.push(earlier.row);
      times.push(earlier.seconds);
      continue;
    }
    const start = performance.now();
    const row = await study.run(seed, options, (share, note) =>
      report?.((seed + share) / seeds, `seed ${seed} of ${seeds}: ${note}`),
    );
    expectFinite(study.name, seed, row);
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    journal?.append({ seed, options, seconds, row });
    rows.push(row);
    times.push(seconds);
    onSeed?.(seed, row, seconds);
  }
  const summary = study.summary(rows);
  return {
    study: study.name,
    dataset: other?.dataset ?? study.dataset,
    options,
    seeds,
    date: new Date().toISOString().slice(0, 10),
    seconds: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
    finding: study.verdict(summary),
    summary,
  };
}

/** The study on this data set. A study that takes any images says its own words for them, and the name. */
function otherDataset(study: Study, name: string): OtherDataset | undefined {
  const { otherDatasets = {}, options } = study;
  if (name === options.dataset) return undefined;
  const found = Object.hasOwn(otherDatasets, name) ? otherDatasets[name] : undefined;
  if (found) return { ...found, options: { dataset: name, ...found.options } };
  if (Object.hasOwn(options, "dataset")) return { dataset: name, options: { dataset: name } };
  throw new RangeError(
    `runStudy: ${study.name} makes its own data, so it takes no data set; dataset is ${describe(name)}`,
  );
}

function optionsOf(study: Study, given: Options = {}): Options {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(study.options, name)) continue;
    const names = Object.keys(study.options).join(", ");
    throw new RangeError(`runStudy: ${study.name} has no option ${describe(name)}; expected one of ${names}`);
  }
  return { ...study.options, ...given };
}

function expectFinite(study: string, seed: number, row: Row): void {
  for (const [name, value] of Object.entries(row)) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(
      `study ${study}: seed ${seed} gave ${describe(value)} for ${describe(name)}, expected a finite number`,
    );
  }
}
