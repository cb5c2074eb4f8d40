import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import { findDataRoot } from "../datasets/index.ts";
import { type EngineReport, engine, engineReports } from "../np/index.ts";

/** What is said where no BLAS was found, once for all libraries that were tried. */
const noBlas =
  "no BLAS found (OpenBLAS, MKL, BLIS or Accelerate); on Debian and Ubuntu: apt-get install libopenblas0. Reasons: doctor --verbose";

/** What `doctor --json` prints. */
export interface Findings {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly dataRoot: string;
  readonly engine: string;
  readonly engines: readonly EngineReport[];
}

/** `doctor`: what this machine has and what is missing. Nothing here is an error: the package works without all of it. */
export function doctorCommand(command: Command): Command {
  return command
    .option("--verbose", "print every library that was tried and why it did not load")
    .option("--json", "print one JSON document")
    .action(({ verbose = false, json }: { readonly verbose?: boolean; readonly json?: boolean }) => {
      const found = examine();
      console.log(json ? JSON.stringify(found, null, 2) : findingsText(found, verbose));
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

/** The findings as lines. Why an engine is missing is one line with its remedy; `verbose` prints all reasons. */
export function findingsText(found: Findings, verbose: boolean): string {
  const { node, platform, cores, processor, memoryBytes, dataRoot, engine, engines } = found;
  const chosen = process.env.CHALK_ENGINE
    ? `CHALK_ENGINE=${process.env.CHALK_ENGINE}`
    : "the fastest on this machine";
  return [
    `Node       ${node}, ${platform}`,
    `machine    ${processor}, ${cores} core(s), ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
    `data       ${dataRoot}`,
    `engine     ${engine} (${chosen})`,
    ...engines.flatMap(({ name, available, details }) => {
      const missing = name === "blas" && !available;
      const lines = [...(missing ? [noBlas] : []), ...(missing && !verbose ? [] : details)];
      return lines.map(
        (line, i) => `${i === 0 ? `  ${available ? "✓" : "–"} ${name.padEnd(7)}` : " ".repeat(11)}${line}`,
      );
    }),
  ].join("\n");
}
