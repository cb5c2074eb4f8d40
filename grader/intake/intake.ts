import { type Attempt, attemptsIn } from "./attempts.ts";
import { chooseFile } from "./choose-file.ts";
import { readGroups } from "./groups.ts";
import { entryFor, type RosterEntry } from "./roster.ts";
import type { Group, HandedFile } from "./tree.ts";

/** What counts of a student's work. Nothing of it has been run, and only `file` will be read. */
export interface Handed {
  readonly student: string;
  /** The folder or file in the archive. */
  readonly place: string;
  /** The attempt that counts, counted from 1. */
  readonly attempt: number;
  /** ISO; null if nothing says so. */
  readonly handedIn: string | null;
  /** null if there is nothing to grade. */
  readonly file: HandedFile | null;
  /** The record of hints beside it. */
  readonly hintFile?: HandedFile | undefined;
  /** Why there is nothing to grade; "" if there is. */
  readonly refused: string;
  /** For the instructor: other attempts, other names, links that were refused. */
  readonly notes: readonly string[];
}

/**
 * Reads what a class handed in, from folders and zips: a folder or zip for each student, nbgrader's
 * `submitted/` tree, and what Canvas, Moodle and Blackboard export. The latest attempt counts.
 * @returns one entry for each student, ordered by id
 * @throws RangeError for a path that is no folder and no zip
 */
export async function readSubmissions(
  paths: readonly string[],
  assignment: string,
  roster: readonly RosterEntry[] = [],
): Promise<readonly Handed[]> {
  const byStudent = new Map<string, Attempt[]>();
  for (const path of paths) {
    const groups = forAssignment(await readGroups(path), assignment);
    const all = (await Promise.all(groups.map((group) => attemptsIn(group, assignment)))).flat();
    for (const attempt of all) {
      const entry = entryFor(roster, attempt.place, attempt.student);
      const student = entry?.student ?? attempt.student;
      const isStranger = roster.length > 0 && !entry;
      const notes = isStranger ? [...attempt.notes, "not in the roster"] : attempt.notes;
      const handedIn = entry?.handedIn ?? attempt.handedIn;
      byStudent.set(student, [...(byStudent.get(student) ?? []), { ...attempt, student, notes, handedIn }]);
    }
  }
  return [...byStudent.values()]
    .map((attempts) => latest(attempts, `${assignment}.ts`))
    .sort((a, b) => (a.student < b.student ? -1 : 1));
}

/** In nbgrader's tree a student who handed in other assignments only has handed in nothing. */
function forAssignment(groups: readonly Group[], assignment: string): readonly Group[] {
  const another = new RegExp(`^${assignment.replace(/\d+$/, "")}\\d+/`);
  const has = ({ tree }: Group): boolean => tree.files.some(({ path }) => path.startsWith(`${assignment}/`));
  if (!groups.some(has)) return groups;
  const isElsewhere = ({ tree, refused }: Group): boolean =>
    refused === null && tree.files.length > 0 && tree.files.every(({ path }) => another.test(path));
  return groups.filter((group) => has(group) || !isElsewhere(group));
}

/** The attempt that counts, with the others in its notes. */
function latest(all: readonly Attempt[], name: string): Handed {
  const withCode = all.filter(({ files }) => files.some(({ path }) => /\.ts$/i.test(path)));
  const beside = withCode.length === 0 ? [] : all.filter((attempt) => !withCode.includes(attempt));
  const attempts = [...(withCode.length === 0 ? all : withCode)].sort(byOrder);
  const last = attempts.at(-1) as Attempt;
  const { file, refused, notes } = chooseFile(last.files, name);
  const others = attempts.slice(0, -1).map(({ place, handedIn }, i) => {
    const when = handedIn === null ? "" : `, handed in ${handedIn}`;
    return `attempt ${i + 1} of ${attempts.length} (${place}${when}): not counted`;
  });
  const unused = beside.map(({ place, refused }) => refused ?? `not used: ${place}`);
  const isTie = attempts.length > 1 && byOrder(attempts.at(-2) as Attempt, last, false) === 0;
  return {
    student: last.student,
    place: last.place,
    attempt: attempts.length,
    handedIn: last.handedIn,
    file,
    hintFile: last.files.find(({ path }) => path.endsWith(name.replace(/ts$/, "hints.jsonl"))),
    refused: file ? "" : (last.refused ?? [refused, ...last.notes].join("; ")),
    notes: [
      ...new Set([
        ...last.notes,
        ...notes,
        ...others,
        ...unused,
        ...(isTie
          ? ["nothing says which attempt is the later one: the last name in the alphabet counts"]
          : []),
      ]),
    ],
  };
}

function byOrder(a: Attempt, b: Attempt, alsoByName = true): number {
  for (const [i, order] of a.order.entries()) {
    const difference = order - (b.order[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return alsoByName ? (a.place < b.place ? -1 : 1) : 0;
}
