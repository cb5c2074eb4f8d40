import { readFileSync } from "node:fs";

/** What Gradescope says about a submission, as far as it is used. */
export interface Metadata {
  readonly student: string;
  /** Counted from 1. */
  readonly attempt: number;
  /** ISO, as Gradescope wrote it; null if it is not there. Never the clock of this machine. */
  readonly handedIn: string | null;
  readonly due: string | null;
  /** Minutes after the due date, rounded up; 0 in time or without a date. */
  readonly minutesLate: number;
}

const unknown: Metadata = { student: "unknown", attempt: 1, handedIn: null, due: null, minutesLate: 0 };

/** Reads `submission_metadata.json`. A file that is missing or has another form changes no score, so nothing is thrown. */
export function readMetadata(path: string): Metadata {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return unknown;
  }
  const { created_at, assignment, previous_submissions, users, id } = recordOf(content);
  const handedIn = timeOf(created_at);
  const due = timeOf(recordOf(assignment).due_date);
  const late = handedIn !== null && due !== null ? Date.parse(handedIn) - Date.parse(due) : 0;
  const names = (Array.isArray(users) ? users : [])
    .map((user) => recordOf(user).email ?? recordOf(user).name)
    .filter((name) => typeof name === "string");
  return {
    student: names.join(" ") || (id === undefined ? "unknown" : `submission ${String(id)}`),
    attempt: (Array.isArray(previous_submissions) ? previous_submissions.length : 0) + 1,
    handedIn,
    due,
    minutesLate: Math.max(0, Math.ceil(late / 60_000)),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function timeOf(value: unknown): string | null {
  return typeof value === "string" && Number.isFinite(Date.parse(value)) ? value : null;
}
