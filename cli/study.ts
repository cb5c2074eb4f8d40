import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import { significant } from "../np/internal.ts";
import { toSvg } from "../plots/index.ts";
import { standalone } from "../plots/internal.ts";
import { runStudy, type Study, type StudyResult, studies, studyNamed } from "../studies/index.ts";
import { Journal, resultName, slide } from "../studies/internal.ts";
import { writeAtomically } from "../training/internal.ts";
import { folder } from "./folder.ts";
import { numberIn } from "./options.ts";
import { startProgress } from "./progress.ts";

interface Options {
  readonly seeds?: number;
  readonly dataset?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly slides?: string;
}

const seeds = numberIn({
  expected: "a whole number in 1 … 1000",
  fits: (n) => Number.isInteger(n) && n >= 1 && n <= 1000,
});

/** `study [NAME]`: an experiment about a claim of the lecture, over several seeds; without a name, the list. */
export function studyCommand(command: Command): Command {
  return command
    .argument("[name]", "a study; without a name, all studies are listed")
    .option("--seeds <n>", "how many seeds; default: the study's own number", seeds)
    .option("--dataset <name>", "another data set, for studies that take one, such as mnist")
    .option("--json", "print one JSON document")
    .option(
      "--out <dir>",
      "folder for the result, its pictures and the finished seeds, from which a second call goes on",
      folder,
    )
    .option("--slides <dir>", "folder for the pictures in 16:9, each with a caption", folder)
    .action(run);
}

async function run(name: string | undefined, options: Options): Promise<void> {
  if (name === undefined && options.dataset !== undefined)
    throw new RangeError(
      "--dataset needs a study: npx chalk-and-tape study relu-on-logits --dataset mnist; `npx chalk-and-tape study` lists them",
    );
  if (name === undefined) return list(options);
  const study = studyNamed(name);
  const { out } = options;
  const stem = resultName(study, options.dataset);
  const say = options.json ? console.error : console.log;
  say(study.question);
  const progress = await startProgress();
  const result = await runStudy(study, {
    seeds: options.seeds,
    dataset: options.dataset,
    journal: out === undefined ? undefined : new Journal(join(out, `${stem}.jsonl`)),
    report: (share, note) => progress.show(share, note),
    onSeed(seed, _, seconds) {
      progress.end();
      say(`seed ${seed}: ${seconds.toFixed(1)} s`);
    },
  });
  progress.end();
  say(result.dataset);
  console.log(options.json ? JSON.stringify(result, null, 2) : text(result));
  if (out !== undefined) await writeResult(join(out, stem), study, result, say);
  if (options.slides !== undefined) await writeSlides(join(options.slides, stem), study, result, say);
}

function list({ json }: Options): void {
  const all = Object.values(studies).map(({ name, question, seeds }) => ({ name, question, seeds }));
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  const lines = all.map(({ name, question }) => `${name.padEnd(width)}${question}`);
  console.log(json ? JSON.stringify(all, null, 2) : lines.join("\n"));
}

/** A line for each measurement, then the verdict. */
function text({ summary, finding, seeds }: StudyResult): string {
  const width = Math.max(...Object.keys(summary).map((name) => name.length)) + 2;
  const say = (x: number): string => String(significant(x, 4));
  const lines = Object.entries(summary).map(
    ([name, { median, min, max }]) =>
      `${name.padEnd(width)}${say(median).padStart(10)}   [${say(min)}, ${say(max)}]`,
  );
  return [
    `${"median of".padEnd(width)}${`${seeds} seeds`.padStart(10)}   [lowest, highest]`,
    ...lines,
    `${finding.verdict}: ${finding.sentence}`,
  ].join("\n");
}

type Say = (line: string) => void;

/** Writes the result and its pictures; `stem` is the folder and how their names begin. */
async function writeResult(stem: string, study: Study, result: StudyResult, say: Say): Promise<void> {
  mkdirSync(dirname(stem), { recursive: true });
  const files = study.pictures(result.summary).map(async (picture, i) => {
    await write(`${stem}-${i + 1}.svg`, standalone(await toSvg(picture)), say);
  });
  await write(`${stem}.json`, `${JSON.stringify(result)}\n`, say);
  await Promise.all(files);
}

async function writeSlides(stem: string, study: Study, result: StudyResult, say: Say): Promise<void> {
  mkdirSync(dirname(stem), { recursive: true });
  const command = `npx chalk-and-tape study ${basename(stem).replace(".", " --dataset ")}`;
  const note = `${result.dataset}; ${result.seeds} seeds; ${command}`;
  for (const [i, picture] of study.pictures(result.summary).entries()) {
    const drawn = await slide(picture, result.finding.sentence, note);
    await write(`${stem}-${i + 1}.svg`, drawn, say);
  }
}

async function write(path: string, text: string, say: Say): Promise<void> {
  await writeAtomically(path, new TextEncoder().encode(text));
  say(`wrote ${path}`);
}
