import { formatShape } from "../np/index.ts";
import type { CheckReport } from "./check.ts";
import type { CheckRow } from "./check-row.ts";

function scientific(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

function witness(name: string, value: number | null): string {
  return value === null ? "" : `${name} ${value.toPrecision(10)}`;
}

/** What is wrong with one row: where, what each witness says, and what to look at. */
function failure(row: CheckRow): string {
  const { index, manual, autograd, numerical, symbolic = null } = row.worst;
  const numbers = [
    witness("chalk", manual),
    witness("tape", autograd),
    witness("numerical", numerical),
    witness("mathjs", symbolic),
  ].filter(Boolean);
  const where = numbers.length > 0 ? `\n      at [${index.join(", ")}]: ${numbers.join("   ")}` : "";
  return `${where}\n      ${row.diagnosis ?? ""}`;
}

/** The report as a table for a terminal: a line per case, each failure with its numbers, and a verdict with how to repeat it. */
export function formatCheck({ rows, passed, failed, kinks, seed }: CheckReport): string {
  const byCase = grouped(rows);
  const lines = [...byCase].map(([title, group]) => {
    const wrong = group.filter((row) => row.verdict !== "agree");
    const gradients = group.filter(({ worst }) => worst.numerical !== null || worst.symbolic !== undefined);
    const worst = Math.max(0, ...gradients.map((row) => row.maxRelative));
    const right =
      gradients.length > 0
        ? `${gradients.map((row) => row.quantity).join(", ")}; largest relative error ${scientific(worst)}`
        : `${group.length} checks`;
    const head = `${wrong.length === 0 ? "✓" : "✗"} ${title}${wrong.length === 0 ? `  (${right})` : ""}`;
    return [
      head,
      ...wrong.map((row) => `    ✗ ${row.quantity} ${formatShape(row.shape)}: ${row.verdict}${failure(row)}`),
    ].join("\n");
  });
  const verdict = failed === 0 ? `${passed} checks passed` : `${failed} of ${passed + failed} checks failed`;
  const bends = kinks > 0 ? `, ${kinks} elements near a kink` : "";
  return `${lines.join("\n")}\n${verdict}${bends} (seed ${seed})`;
}

/** Map.groupBy, which Node 20 lacks. */
function grouped(rows: readonly CheckRow[]): Map<string, CheckRow[]> {
  const groups = new Map<string, CheckRow[]>();
  for (const row of rows) groups.set(row.case, [...(groups.get(row.case) ?? []), row]);
  return groups;
}
