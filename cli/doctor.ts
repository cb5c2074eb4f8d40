import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import { findDataRoot } from "../datasets/index.ts";
import { engine, engineReports } from "../np/index.ts";
import { threads } from "../np/internal.ts";
import { type Advice, adviceFor, type MeasuredEngine, times } from "./doctor/advice.ts";
import { productMilliseconds, size } from "./doctor/product-time.ts";

/** What `doctor --json` prints. */
interface Findings {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly dataRoot: string;
  readonly threads: number;
  /** Why there are this many. */
  readonly threadsFrom: string;
  /** The engine that computes; null if CHALK_ENGINE names one that is not available. */
  readonly engine: string | null;
  /** With the time of a product of matrices, measured now. */
  readonly engines: readonly MeasuredEngine[];
  readonly advice: readonly Advice[];
}

/**
 * `doctor`: reports what this machine has, how fast it is and what would make it faster. Nothing missing is an error, because
 * the package works without it; only an engine that CHALK_ENGINE asks for is.
 */
export function doctorCommand(command: Command): Command {
  return command
    .option("--json", "print one JSON document")
    .option("--verbose", "print every library that was tried and why it did not load")
    .action(async ({ json, verbose = false }: { readonly json?: boolean; readonly verbose?: boolean }) => {
      const found = await examine();
      console.log(json ? JSON.stringify(found, null, 2) : text(found, verbose));
      if (found.engine === null) process.exitCode = 2; // as every command that computes
    });
}

async function examine(): Promise<Findings> {
  const { count, from } = threads();
  const current = engineHere(); // before others are measured
  const reports = engineReports();
  const times = await productMilliseconds(reports.filter((one) => one.available).map(({ name }) => name));
  const engines = reports.map((one) => ({ ...one, productMilliseconds: times.get(one.name) ?? null }));
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    dataRoot: findDataRoot(undefined).path,
    threads: count,
    threadsFrom: from,
    engine: current,
    engines,
    advice: adviceFor(engines, current),
  };
}

function engineHere(): string | null {
  try {
    return engine().name;
  } catch {
    return null; // the reports say why
  }
}

function text(found: Findings, verbose: boolean): string {
  const { node, platform, processor, cores, memoryBytes, dataRoot, engine } = found;
  const chosen = process.env.CHALK_ENGINE
    ? `CHALK_ENGINE=${process.env.CHALK_ENGINE}`
    : "the fastest on this machine";
  return [
    `Node       ${node}, ${platform}`,
    `machine    ${processor}, ${cores} core(s), ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
    `data       ${dataRoot}`,
    `threads    ${found.threads} (${found.threadsFrom})`,
    `engine     ${engine === null ? `none: ${chosen} is not available` : `${engine} (${chosen})`}`,
    ...engineLines(found.engines, verbose),
    `           Times: one product of two ${size} × ${size} matrices in float32`,
    ...adviceLines(found),
  ].join("\n");
}

function engineLines(engines: readonly MeasuredEngine[], verbose: boolean): string[] {
  const slowest = engines.find(({ name }) => name === "js")?.productMilliseconds ?? null;
  const width = Math.max(...engines.map(({ available, summary }) => (available ? summary.length : 0)));
  return engines.flatMap(({ name, available, summary, attempts, productMilliseconds: time }) => [
    `  ${available ? "✓" : "–"} ${name.padEnd(7)}${summary.padEnd(width)}${timeText(time, slowest)}`.trimEnd(),
    ...(verbose ? attempts.map((attempt) => `${" ".repeat(11)}${attempt}`) : []),
  ]);
}

/** "    4.3 ms, 12 times as fast as js" */
function timeText(time: number | null, slowest: number | null): string {
  if (time === null) return "";
  const compared = slowest === null || slowest === time ? "" : `, ${times(slowest / time)} as fast as js`;
  return `${time.toFixed(1).padStart(8)} ms${compared}`;
}

function adviceLines({ advice, engines }: Findings): string[] {
  if (advice.length === 0)
    return engines.every(({ available }) => available)
      ? ["to do      nothing: the fastest engine runs"]
      : ["to do      the lines with – say what keeps an engine from running"];
  return advice.flatMap(({ why, commands }, i) => [
    `${(i === 0 ? "to do" : "").padEnd(11)}${why}`,
    ...commands.map((command) => `${" ".repeat(13)}${command}`),
  ]);
}
