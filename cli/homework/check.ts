import type { Command } from "commander";
import {
  assignmentNamed,
  checkHomework,
  type HomeworkReport,
  hintsFor,
  levelFor,
  nextLevel,
  recordHint,
} from "../../homework/internal.ts";
import { existingFile } from "../folder.ts";
import { numberIn } from "../options.ts";

interface Options {
  readonly task?: number;
  readonly file?: string;
  readonly hint?: boolean;
  readonly seed: number;
  readonly types?: boolean;
  readonly json?: boolean;
}

const whole = numberIn({ expected: "a whole number, 0 or more", fits: (n) => Number.isInteger(n) && n >= 0 });

/** `homework check NAME`: the public checks of an assignment. */
export function checkCommand(command: Command): Command {
  return command
    .argument("<name>", "the assignment, such as hw1")
    .option("--task <n>", "only this task, and what it needs", whole)
    .option(
      "--file <path>",
      "your file; default: the assignment's name with .ts, in this folder",
      existingFile,
    )
    .option(
      "--hint",
      "give the next sentence about the first check that fails; it is recorded beside your file",
    )
    .option("--seed <n>", "draw other inputs", whole, 0)
    .option("--types", "also report errors of types; they decide no points (some seconds)")
    .option("--json", "print one JSON document")
    .action(run);
}

async function run(name: string, { hint, types, json, ...options }: Options): Promise<void> {
  const { id } = await assignmentNamed(name);
  const file = options.file ?? `${id}.ts`;
  const report = await checkHomework(id, options);
  const given = hint ? giveHint(report, file) : null;
  const shown = given === null ? report : await checkHomework(id, options);
  const messages = types ? (await import("../../homework/internal.ts")).typeErrors(file) : [];
  if (json) {
    console.log(
      JSON.stringify(
        { assignment: id, results: shown.results, summary: shown.summary, types: messages },
        null,
        2,
      ),
    );
  } else {
    console.log(shown.toString());
    if (hint) console.log(given ?? noHint(shown));
    if (messages.length > 0) console.log("Types that do not fit (they cost no points):");
    for (const message of messages) console.log(`  ${message}`);
    const next = options.task === undefined ? firstTask(shown) : null;
    if (next !== null) console.log(`Next: npx chalk-and-tape homework check ${id} --task ${next}`);
  }
  if (shown.passed < shown.results.length) process.exitCode = 1;
}

/** Records the next hint of the first failed check, and says which; null if there is none. */
function giveHint({ assignment, results }: HomeworkReport, file: string): string | null {
  const first = results.find(({ state }) => state === "failed");
  if (!first?.advice) return null;
  const level = levelFor(first.id, assignment.hints, hintsFor(file, assignment.id));
  const next = nextLevel(first.advice, level);
  if (next === null) return null;
  recordHint(file, assignment.id, { check: first.id, level: next, at: new Date().toISOString() });
  return `The hint for "${first.title}" is above, and recorded in ${assignment.id}.hints.jsonl.`;
}

function noHint({ assignment, passed, results }: HomeworkReport): string {
  if (passed === results.length) return "Nothing failed, so there is nothing to hint at.";
  return assignment.hints === "cure"
    ? `${assignment.id} says all it knows at once, so there are no more hints.`
    : "There is no further hint.";
}

/** The first task with a check that failed, where several tasks have one; else null: the report is short enough. */
function firstTask({ results }: HomeworkReport): number | null {
  const tasks = new Set(results.filter(({ state }) => state === "failed").map(({ task }) => task));
  return tasks.size > 1 ? (tasks.values().next().value ?? null) : null;
}
