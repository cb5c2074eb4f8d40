import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type JournalLine, readJournal } from "../grading/journal.ts";
import { memoryOf } from "./memory.ts";
import type { RehearsalCase } from "./rehearse.ts";
import { writeClass } from "./synthetic-class.ts";
import { repository } from "./texts.ts";

export interface ClassOptions {
  readonly assignment: string;
  readonly count: number;
  readonly jobs: number;
  readonly unsafe?: boolean;
  readonly say?: (line: string) => void;
}

/** What grading a made-up class took. */
export interface ClassReport {
  readonly assignment: string;
  readonly students: number;
  readonly jobs: number;
  readonly processors: string;
  readonly node: string;
  /** Of one run without a break: from the start of the command to its end. */
  readonly seconds: number;
  /** Of all processes together, sampled five times a second; null where the system does not say. */
  readonly peakMegabytes: number | null;
  /** Seconds per submission that are not the submission's own answers, with `jobs` at the same time. */
  readonly overhead: { readonly median: number; readonly mean: number; readonly most: number };
  readonly killed: {
    readonly doneBefore: number;
    readonly gradedTwice: number;
    readonly lost: number;
    readonly sameTables: boolean;
  };
  readonly shards: {
    readonly parts: number;
    readonly sizes: readonly number[];
    readonly sameTables: boolean;
  };
}

const tables = ["class.csv", "grades.csv"];
const parts = 5;

/** Grades a made-up class three times: in one go, killed -9 halfway and resumed, and in five shards. */
export async function measureClass(
  cases: readonly RehearsalCase[],
  options: ClassOptions,
): Promise<ClassReport> {
  const folder = mkdtempSync(join(tmpdir(), "chalk-class-"));
  const { assignment, count, jobs, say = () => {} } = options;
  try {
    const submissions = join(folder, "submissions");
    writeClass(submissions, cases, assignment, count);
    const grade = (out: string, more: readonly string[] = []): readonly string[] => [
      ...["grade", assignment, submissions, "--out", join(folder, out), "--secret", join(folder, "secret")],
      ...["--jobs", String(jobs), ...(options.unsafe ? ["--unsafe"] : []), ...more],
    ];
    say(`${count} submissions of ${assignment} in one go`);
    const began = performance.now();
    const whole = await homework(grade("whole")).ended;
    const seconds = (performance.now() - began) / 1000;

    say("the same, killed -9 halfway and resumed");
    const first = homework(grade("killed"));
    const journal = join(folder, "killed", "journal.jsonl");
    const done = (): JournalLine[] => readJournal(journal).filter(({ event }) => event === "done");
    const watch = setInterval(() => done().length >= count / 2 && first.kill(), 20);
    await first.ended.catch(() => {});
    clearInterval(watch);
    const doneBefore = done().length;
    await homework(grade("killed")).ended;
    const times = new Map<string, number>();
    for (const { student = "", source } of done())
      if (source !== "") times.set(student, (times.get(student) ?? 0) + 1);

    say(`the same in ${parts} shards`);
    const shards = Array.from({ length: parts }, (_, i) => `shard-${i + 1}`);
    for (const [i, out] of shards.entries())
      await homework(grade(out, ["--shard", `${i + 1}/${parts}`])).ended;
    const from = shards.map((out) => join(folder, out));
    await homework(["merge", ...from, "--out", join(folder, "merged")]).ended;

    const lines = readJournal(join(folder, "whole", "journal.jsonl"));
    const same = (out: string): boolean =>
      tables.every((name) =>
        readFileSync(join(folder, out, name)).equals(readFileSync(join(folder, "whole", name))),
      );
    const students = new Set(done().map(({ student }) => student));
    return {
      assignment,
      students: count,
      jobs,
      processors: `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}`,
      node: process.version,
      seconds: rounded(seconds),
      peakMegabytes: whole.peak === null ? null : Math.round(whole.peak / 1e6),
      overhead: overheadOf(lines),
      killed: {
        doneBefore,
        gradedTwice: [...times.values()].filter((n) => n > 1).length,
        lost: count - students.size,
        sameTables: same("killed"),
      },
      shards: {
        parts,
        sizes: from.map(
          (path) => readJournal(join(path, "journal.jsonl")).filter((l) => l.event === "done").length,
        ),
        sameTables: same("merged"),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function overheadOf(lines: readonly JournalLine[]): ClassReport["overhead"] {
  const all = lines
    .filter(({ event, source }) => event === "done" && source !== "")
    .map(({ seconds = 0, answering = 0 }) => seconds - answering)
    .sort((a, b) => a - b);
  const mean = all.reduce((sum, x) => sum + x, 0) / Math.max(1, all.length);
  return {
    median: rounded(all[Math.floor(all.length / 2)] ?? 0),
    mean: rounded(mean),
    most: rounded(all.at(-1) ?? 0),
  };
}

/** Runs `chalk-and-tape homework …` in a process of its own. */
function homework(args: readonly string[]): {
  readonly ended: Promise<{ readonly peak: number | null }>;
  kill(): void;
} {
  const program = join(repository, "bin/chalk-and-tape.js");
  if (!existsSync(program)) throw new RangeError(`${program} is missing: run this in the repository`);
  const child = spawn(process.execPath, [program, "homework", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let [errors, peak] = ["", null as number | null];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const timer = setInterval(() => {
    const now = child.pid === undefined ? null : memoryOf(child.pid);
    if (now !== null) peak = Math.max(peak ?? 0, now);
  }, 200);
  const ended = new Promise<{ peak: number | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ peak });
      else reject(new Error(`homework ${args.join(" ")} ended with ${code}: ${errors}`));
    });
  });
  return { ended, kill: () => child.kill("SIGKILL") };
}

function rounded(x: number): number {
  return Math.round(1000 * x) / 1000;
}
