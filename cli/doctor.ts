import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import { findDataRoot } from "../datasets/index.ts";
import { type EngineReport, engine, engineReports } from "../np/index.ts";

/** What `doctor --json` prints. */
interface Findings {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly dataRoot: string;
  readonly engine: string;
  readonly engines: readonly EngineReport[];
}

/** `doctor`: reports what this machine has and what is missing. Nothing missing is an error: the package works without it. */
export function doctorCommand(command: Command): Command {
  return command
    .option("--json", "print one JSON document")
    .option("--verbose", "print every library that was tried and why it did not load")
    .action(({ json, verbose = false }: { readonly json?: boolean; readonly verbose?: boolean }) => {
      const found = examine();
      console.log(json ? JSON.stringify(found, null, 2) : text(found, verbose));
    });
}

function examine(): Findings {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    dataRoot: findDataRoot(undefined).path,
    engine: engine().name,
    engines: engineReports(),
  };
}

function text(
  { node, platform, cores, processor, memoryBytes, dataRoot, engine, engines }: Findings,
  verbose: boolean,
): string {
  const chosen = process.env.CHALK_ENGINE
    ? `CHALK_ENGINE=${process.env.CHALK_ENGINE}`
    : "the fastest on this machine";
  return [
    `Node       ${node}, ${platform}`,
    `machine    ${processor}, ${cores} core(s), ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
    `data       ${dataRoot}`,
    `engine     ${engine} (${chosen})`,
    ...engines.flatMap(({ name, available, summary, attempts }) => [
      `  ${available ? "✓" : "–"} ${name.padEnd(7)}${summary}`,
      ...(verbose ? attempts.map((attempt) => `${" ".repeat(11)}${attempt}`) : []),
    ]),
  ].join("\n");
}
