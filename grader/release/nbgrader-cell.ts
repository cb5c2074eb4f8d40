import { createHash } from "node:crypto";

/** What nbgrader knows about a cell: `metadata.nbgrader`, schema 3, in a student's edition. */
export interface NbgraderCell {
  readonly schema_version: 3;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly task: boolean;
  readonly grade_id: string;
  readonly points?: number;
  readonly checksum?: string;
  readonly cell_type?: "code" | "markdown";
}

/** The kinds of cells that nbgrader has, by the flags that it reads. */
const flags = {
  "read-only": { grade: false, solution: false, locked: true },
  tests: { grade: true, solution: false, locked: true },
  answer: { grade: false, solution: true, locked: false },
  "graded by a person": { grade: true, solution: true, locked: false },
} as const;

export type NbgraderKind = keyof typeof flags;

/** A cell's metadata as they stand in `source/`: without what nbgrader adds at release. */
export function sourceMetadata(kind: NbgraderKind, id: string, points: number | null): NbgraderCell {
  const graded = flags[kind].grade && points !== null ? { points } : {};
  return { schema_version: 3, ...flags[kind], task: false, grade_id: id, ...graded };
}

/** The same cell's metadata in `release/`. */
export function releaseMetadata(
  cell: NbgraderCell,
  type: "code" | "markdown",
  source: string,
): Readonly<Record<string, unknown>> {
  // nbgrader's LockCells: no such cell can be deleted, and only answers can be edited.
  const lock = cell.solution ? { deletable: false } : { deletable: false, editable: false };
  return { ...lock, nbgrader: { ...cell, cell_type: type, checksum: checksum(cell, type, source) } };
}

/** nbgrader's checksum: MD5 of the cell's text, its type and its flags as Python writes them. */
function checksum(cell: NbgraderCell, type: string, source: string): string {
  const { grade, solution, locked, grade_id, points } = cell;
  const hash = createHash("md5").update(source).update(type);
  for (const flag of [grade, solution, locked]) hash.update(flag ? "True" : "False");
  hash.update(grade_id);
  if (grade && points !== undefined) hash.update(Number.isInteger(points) ? `${points}.0` : String(points));
  return hash.digest("hex");
}
