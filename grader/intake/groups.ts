import { lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readFolder, readPlain } from "./folder.ts";
import { mostBytes, mostBytesOfClass, mostEntries, mostEntriesOfClass } from "./limits.ts";
import { type Group, groupsOf, type HandedFile, isRubbish } from "./tree.ts";
import { readZip } from "./zip.ts";

/** Files of ours that may lie beside the submissions. */
const ours = ["roster.csv", "overrides.csv", "rubric.csv", "homework-secret"];
/** Folders that hold the students' folders: nbgrader's, and what people call it. */
const wrappers = ["submitted", "submissions"];

const classLimits = { entries: mostEntriesOfClass, bytes: mostBytesOfClass };
const studentLimits = { entries: mostEntries, bytes: mostBytes };

/**
 * The parts of a class, one for each folder, zip or file: from a folder, or from the zip that a
 * learning platform made. A part that cannot be read is refused alone and harms no other.
 * @throws RangeError for a path that is neither, or a class archive that cannot be read
 */
export async function readGroups(path: string): Promise<readonly Group[]> {
  const stat = lstatSync(path);
  if (stat.isDirectory()) return fromFolder(path);
  if (stat.isFile() && path.toLowerCase().endsWith(".zip")) return fromZip(path);
  throw new RangeError(`${path}: expected a folder of submissions or a zip`);
}

async function fromFolder(folder: string): Promise<readonly Group[]> {
  const names = readdirSync(folder).filter((name) => !isRubbish(name) && !ours.includes(name));
  const wrapper = wrappers.find((name) => names.includes(name));
  if (wrapper !== undefined && lstatSync(join(folder, wrapper)).isDirectory())
    return fromFolder(join(folder, wrapper));
  const groups: Group[] = [];
  for (const name of names.sort()) groups.push(await guarded(name, () => partOfFolder(folder, name)));
  return groups;
}

async function partOfFolder(folder: string, name: string): Promise<Group> {
  const path = join(folder, name);
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) throw new RangeError("it is a link");
  if (stat.isDirectory()) return { name, tree: await readFolder(path, mostEntries), refused: null };
  if (!stat.isFile()) throw new RangeError("it is not a file");
  return alone({ path: name, size: stat.size, read: (limit) => readPlain(path, limit) });
}

async function fromZip(path: string): Promise<readonly Group[]> {
  const tree = await readZip(await readPlain(path, mostBytesOfClass), classLimits);
  let parts = groupsOf(tree);
  const [[only, inside] = ["", []]] = [...parts];
  const stem = basename(path).replace(/\.zip$/i, "");
  if (parts.size === 1 && (wrappers.includes(only) || only === stem))
    parts = groupsOf({ files: inside, notes: [] });
  const groups: Group[] = [];
  for (const [name, files] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (ours.includes(name)) continue;
    groups.push(await guarded(name, () => partOfZip(name, files, tree.notes)));
  }
  return groups;
}

async function partOfZip(
  name: string,
  files: readonly HandedFile[],
  notes: readonly string[],
): Promise<Group> {
  const [first] = files;
  if (first && files.length === 1 && first.path === name) return alone(first);
  if (files.length > mostEntries) throw new RangeError(`it has more than ${mostEntries} entries`);
  const mine = notes.filter((note) => note.includes(`${name}/`));
  return { name, tree: { files, notes: mine }, refused: null };
}

/** A single file of the class: a student's zip, which is opened, or the answer itself. */
async function alone(file: HandedFile): Promise<Group> {
  if (!file.path.toLowerCase().endsWith(".zip"))
    return { name: file.path, tree: { files: [file], notes: [] }, refused: null };
  const tree = await readZip(await file.read(mostBytes), studentLimits);
  return { name: file.path, tree, refused: null };
}

async function guarded(name: string, read: () => Promise<Group>): Promise<Group> {
  try {
    return await read();
  } catch (error) {
    const { message } = error as Error;
    return { name, tree: { files: [], notes: [] }, refused: `${name} was refused: ${message}` };
  }
}
