/** Runs a notebook's code cells in order, in one kernel, until one fails. */
import { notebookOf, sourceOf } from "./authoring/notebook-file.ts";
import { type Execution, Kernel, type KernelCommand } from "./kernel.ts";

export interface CellReport {
  /** From 1, counting code cells only. */
  readonly cell: number;
  readonly code: string;
  readonly verdict: "passed" | "failed" | "skipped";
  /** Empty for a cell that passed. */
  readonly why: string;
  readonly execution: Execution | null;
}

/** The sources of the code cells that are not blank. */
export function codeCells(ipynb: string): string[] {
  return notebookOf(ipynb)
    .cells.filter((cell) => cell.cell_type === "code")
    .map(sourceOf)
    .filter((code) => code.trim() !== "");
}

/**
 * Whatever is on stderr is a failure, as are every reply but "ok" and a reply that never comes; cells after a failure are skipped.
 * Plain tslab tells an error on stderr only, and drops what it is sent in the 200 ms after one without a word.
 */
export async function runCells(
  cells: readonly string[],
  folder: string,
  { timeoutMs, command }: { timeoutMs?: number; command?: KernelCommand } = {},
): Promise<CellReport[]> {
  const kernel = await Kernel.start(folder, command);
  const executions: Execution[] = [];
  try {
    for (const code of cells) {
      const execution = await kernel.execute(code, timeoutMs);
      executions.push(execution);
      if (problem(execution)) break;
    }
  } finally {
    await kernel.stop();
  }
  const reports = cells.map((code, i): CellReport => {
    const execution = executions[i] ?? null;
    const why = execution ? problem(execution) : "a cell before it failed";
    const verdict =
      !execution || execution.status.startsWith("abort") ? "skipped" : why ? "failed" : "passed";
    return { cell: i + 1, code, verdict, why, execution };
  });
  const last = reports.at(-1);
  if (kernel.ownStderr && last?.verdict === "passed")
    return [...reports.slice(0, -1), { ...last, verdict: "failed", why: kernel.ownStderr }];
  return reports;
}

/** Why an execution is no success; empty if it is one. */
export function problem({ status, stderr, error }: Execution): string {
  if (error) return error.traceback.join("\n");
  if (stderr) return `stderr: ${stderr}`;
  if (status === "ok") return "";
  return status === "" ? "an empty reply" : `reply: ${status}`;
}

/** What a cell printed, and its last value as text: plain tslab prints that too. */
export function shownText({ stdout, result }: Execution): string {
  return result ? `${stdout}${result["text/plain"]}\n` : stdout;
}
