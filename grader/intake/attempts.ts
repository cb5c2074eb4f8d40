import { isPlatformName, readGroupName } from "./group-name.ts";
import { readTimestamp } from "./timestamp.ts";
import type { Group, HandedFile } from "./tree.ts";

/** One time that a student handed something in. */
export interface Attempt {
  readonly student: string;
  /** The folder or file in the archive. */
  readonly place: string;
  /** Later attempts have larger numbers, compared one after another. */
  readonly order: readonly number[];
  readonly handedIn: string | null;
  readonly files: readonly HandedFile[];
  readonly notes: readonly string[];
  readonly refused: string | null;
}

/** The attempts in one part of a class. A folder `attempt_2` and a name like `hw1-1.ts` are attempts of their own. */
export async function attemptsIn(group: Group, assignment: string): Promise<readonly Attempt[]> {
  const { student: named, file, order, handedIn, notes } = readGroupName(group.name);
  const student = named.replace(/\.(zip|ts)$/i, "");
  const stamp = stampOf(group, assignment);
  const isUnused = stamp === null && group.tree.files.some(({ path }) => path.endsWith("timestamp.txt"));
  const unused = isUnused ? ["its timestamp.txt was not read: nothing says that nbgrader wrote it"] : [];
  // What the platform says goes before a file, which a student could write.
  const time = handedIn ?? (stamp && (await timeIn(stamp)));
  const ownNotes = [...notes, ...group.tree.notes, ...unused];
  // A platform writes the file's own name behind the student's: `doejane_12345_67890_hw1-2.ts`.
  const renamed = file !== null && group.tree.files.every(({ path }) => path === group.name);
  const all = renamed ? group.tree.files.map((one) => ({ ...one, path: file })) : group.tree.files;
  const parts = [...splitByAttempt(below(all, assignment), assignment)];
  if (parts.length === 0) parts.push([numberOf(file ?? "", assignment), []]);
  return parts.map(([number, files]) => ({
    student,
    place: group.name,
    handedIn: time,
    order: [number, order, time === null ? 0 : Date.parse(time)],
    files,
    notes: ownNotes,
    refused: group.refused,
  }));
}

/** Of nbgrader's `alice/hw1/…`, what lies below `hw1`; everything else unchanged. */
function below(files: readonly HandedFile[], assignment: string): readonly HandedFile[] {
  const inside = files.filter(({ path }) => path.startsWith(`${assignment}/`));
  if (inside.length === 0 || files.some(({ path }) => path === `${assignment}.ts`)) return files;
  return inside.map((file) => ({ ...file, path: file.path.slice(assignment.length + 1) }));
}

function splitByAttempt(
  files: readonly HandedFile[],
  assignment: string,
): ReadonlyMap<number, readonly HandedFile[]> {
  const parts = new Map<number, HandedFile[]>();
  for (const file of files) {
    const [first = "", ...rest] = file.path.split("/");
    const folder = /^attempt[ _-]?(\d{1,6})$/i.exec(first)?.[1];
    const path = folder !== undefined && rest.length > 0 ? rest.join("/") : file.path;
    const number = folder === undefined ? numberOf(file.path, assignment) : Number(folder);
    parts.set(number, [...(parts.get(number) ?? []), { ...file, path: plainName(path, assignment) }]);
  }
  return answersOnly(parts);
}

/** What lies beside an answer (a time, a picture) is no attempt of its own. */
function answersOnly(
  parts: ReadonlyMap<number, readonly HandedFile[]>,
): ReadonlyMap<number, readonly HandedFile[]> {
  const withCode = [...parts].filter(([, files]) => files.some(({ path }) => /\.ts$/i.test(path)));
  return withCode.length === 0 ? parts : new Map(withCode);
}

/** Of `hw1-2.ts` the 2, as Canvas counts attempts after the first; else 0. */
function numberOf(path: string, assignment: string): number {
  const [, stem, number] = /^([^/]+)-(\d{1,6})\.(?:ts|zip)$/i.exec(path) ?? [];
  return stem?.toLowerCase() === assignment ? Number(number) : 0;
}

function plainName(path: string, assignment: string): string {
  return numberOf(path, assignment) > 0 ? `${assignment}.ts` : path;
}

/** The file in which nbgrader keeps the time: `alice/hw1/timestamp.txt`, and in no other place. */
function stampOf({ name, tree: { files } }: Group, assignment: string): HandedFile | null {
  const isZip = /\.zip$/i.test(name);
  if (isZip || isPlatformName(name) || below(files, assignment) === files) return null;
  return files.find(({ path }) => path === `${assignment}/timestamp.txt`) ?? null;
}

async function timeIn(file: HandedFile): Promise<string | null> {
  try {
    return readTimestamp(new TextDecoder().decode(await file.read(1000)));
  } catch {
    return null;
  }
}
