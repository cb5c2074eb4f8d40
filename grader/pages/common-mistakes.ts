import type { SubmissionResult } from "../grading/result.ts";

/** A mistake that several students made. */
export interface CommonMistake {
  readonly check: string;
  readonly title: string;
  readonly cause: string;
  /** What most of these students' pages say: "db: found = expected / 4". */
  readonly what: string;
  readonly students: readonly string[];
}

/** Failed checks by check and cause, the most frequent first. A skipped check is no mistake of its own. */
export function commonMistakes(results: readonly SubmissionResult[]): CommonMistake[] {
  const groups = new Map<
    string,
    { check: string; title: string; cause: string; told: Map<string, string[]> }
  >();
  for (const { student, checks } of results)
    for (const { id, title, state, cause, advice } of checks) {
      if (state !== "failed") continue;
      const key = JSON.stringify([id, cause]);
      const group = groups.get(key) ?? { check: id, title, cause: cause ?? "unknown", told: new Map() };
      const what = advice?.what || advice?.where || "";
      group.told.set(what, [...(group.told.get(what) ?? []), student]);
      groups.set(key, group);
    }
  return [...groups.values()]
    .map(({ told, ...rest }) => {
      const [[what = ""] = []] = [...told].sort((a, b) => b[1].length - a[1].length || order(a[0], b[0]));
      return { ...rest, what, students: [...told.values()].flat().sort(order) };
    })
    .sort((a, b) => b.students.length - a.students.length || order(a.check + a.cause, b.check + b.cause));
}

/** By code units, so that every machine writes the same page. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
