import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import { findDataRoot } from "../datasets/index.ts";
import { type EngineReport, engine, engineReports } from "../np/index.ts";
import { threads } from "../np/internal.ts";

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
  readonly engines: readonly EngineReport[];
}

/**
 * `doctor`: reports what this machine has and what is missing. Nothing missing is an error, because
 * the package works without it; only an engine that CHALK_ENGINE asks for is.
 */
export function doctorCommand(command: Command): Command {
  return command
    .option("--json", "print one JSON document")
    .option("--verbose", "print every library that was tried and why it did not load")
    .action(({ json, verbose = false }: { readonly json?: boolean; readonly verbose?: boolean }) => {
      const found = examine();
      console.log(json ? JSON.stringify(found, null, 2) : text(found, verbose));
      if (found.engine === null) process.exitCode = 2; // as every command that computes
    });
}

function examine(): Findings {
  const { count, from } = threads();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    dataRoot: findDataRoot(undefined).path,
    threads: count,
    threadsFrom: from,
    engine: engineHere(),
    engines: engineReports(),
  };
}

function engineHere(): string | null {
  try {
    return engine().name;
  } catch {
    return null; // the reports say why
  }
}

function text(
  {
    node,
    platform,
    cores,
    processor,
    memoryBytes,
    dataRoot,
    threads,
    threadsFrom,
    engine,
    engines,
  }: Findings,
  verbose: boolean,
): string {
  const chosen = process.env.CHALK_ENGINE
    ? `CHALK_ENGINE=${process.env.CHALK_ENGINE}`
    : "the fastest on this machine";
  return [
    `Node       ${node}, ${platform}`,
    `machine    ${processor}, ${cores} core(s), ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
    `data       ${dataRoot}`,
    `threads    ${threads} (${threadsFrom})`,
    `engine     ${engine === null ? `none: ${chosen} is not available` : `${engine} (${chosen})`}`,
    ...engines.flatMap(({ name, available, summary, attempts }) => [
      `  ${available ? "✓" : "–"} ${name.padEnd(7)}${summary}`,
      ...(verbose ? attempts.map((attempt) => `${" ".repeat(11)}${attempt}`) : []),
    ]),
  ].join("\n");
}
