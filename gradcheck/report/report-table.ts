import { formatShape } from "../../np/index.ts";
import { witnessNames } from "../who-is-wrong.ts";
import type { CheckRow, Witness } from "./report.ts";

/** The order of the columns. */
export const witnessOrder: readonly Witness[] = [
  "analytical",
  "manual",
  "autograd",
  "numerical",
  "symbolic",
  "precise",
];
/** Short names for column headings. */
export const columnNames: Readonly<Record<Witness, string>> = {
  manual: "chalk",
  analytical: "yours",
  autograd: "tape",
  numerical: "numerical",
  symbolic: "mathjs",
  precise: "64 digits",
};

/** Formats as 1.9e-11, and 0 as 0. */
export function scientific(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** Formats with up to six digits: 1, 0.999983, −2. */
export function plain(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}

/** ✓ or ✗. */
export function mark(row: CheckRow): string {
  return row.verdict === "agree" ? "✓" : "✗";
}

/** Whether a row is about a gradient rather than a property. */
export function isGradient(row: CheckRow): boolean {
  return witnessOrder.some((w) => row.worst[w] !== undefined);
}

/** One case as a table: a line per gradient, with its witnesses as columns, and notes below. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly lines: readonly { readonly row: CheckRow; readonly cells: readonly string[] }[];
  /** Each witness's error relative to the 64-digit value, and why a witness has no value. */
  readonly notes: readonly string[];
  /** The rows about properties. */
  readonly properties: readonly CheckRow[];
}

/**
 * Tabulates how far apart the witnesses of every gradient are, and their values where they differ
 * most.
 */
export function reportTable(group: readonly CheckRow[]): ReportTable {
  const gradients = group.filter(isGradient);
  const witnesses = witnessOrder.filter((w) =>
    gradients.some((row) => row.worst[w] !== undefined || row.silent?.[w] !== undefined),
  );
  const columns = ["shape", "max abs", "max rel", "cosine", "ratio", "worst"];
  const cells = (row: CheckRow): string[] => [
    `${mark(row)} ${row.quantity}`,
    formatShape(row.shape),
    scientific(row.maxAbsolute),
    scientific(row.maxRelative),
    plain(row.cosine),
    plain(row.ratio),
    `[${row.worst.index.join(", ")}]`,
    ...witnesses.map((w) => row.worst[w]?.toPrecision(10) ?? "–"),
  ];
  const errors = gradients.flatMap(({ quantity, errors: known }) => {
    const all = witnessOrder.flatMap((w) =>
      known?.[w] === undefined ? [] : [`${columnNames[w]} ${scientific(known[w])}`],
    );
    return all.length > 0 ? [`${quantity} against 64 digits: ${all.join(", ")}`] : [];
  });
  const reasons = gradients.flatMap(({ silent = {} }) =>
    Object.entries(silent).map(([w, why]) => `– ${witnessNames[w as Witness]}: ${why}`),
  );
  return {
    head: ["", ...columns, ...witnesses.map((w) => columnNames[w])],
    lines: gradients.map((row) => ({ row, cells: cells(row) })),
    notes: [...errors, ...new Set(reasons)],
    properties: group.filter((row) => !isGradient(row)),
  };
}

/** Map.groupBy, which Node 20 lacks. */
export function grouped(rows: readonly CheckRow[]): Map<string, CheckRow[]> {
  const groups = new Map<string, CheckRow[]>();
  for (const row of rows) groups.set(row.case, [...(groups.get(row.case) ?? []), row]);
  return groups;
}
