import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a name is another in a spelling that people have: capitals, other marks between the words,
 * .gz or none. `train-images.idx3-ubyte` is `train-images-idx3-ubyte.gz`. Hidden files are not.
 */
export function isSpelling(entry: string, name: string): boolean {
  return !entry.startsWith(".") && key(entry) === key(name);
}

function key(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/(gz)+$/, "");
}

/**
 * The path of a file in a folder: under the first of these names that there is, else in another
 * spelling, else in a folder called like the file, as Kaggle's archives have it. If the name leads
 * only to something else, such as a broken link, then that, for a message; without any, null.
 */
export function findFile(folder: string, ...names: readonly string[]): string | null {
  const paths = [...names, ...spellings(folder, names)].map((name) => join(folder, name));
  const inside = (): string[] =>
    paths.filter(isFolder).flatMap((path) => spellings(path, names).map((name) => join(path, name)));
  return paths.find(isFile) ?? inside().find(isFile) ?? paths[names.length] ?? null;
}

/** The entries of a folder that are one of these names in any spelling. */
function spellings(folder: string, names: readonly string[]): string[] {
  return entriesOf(folder)
    .filter((entry) => names.some((name) => isSpelling(entry, name)))
    .sort();
}

/** The names in a folder; none if it cannot be read. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function isFolder(path: string): boolean {
  return kindOf(path)?.isDirectory() === true;
}

function isFile(path: string): boolean {
  return kindOf(path)?.isFile() === true;
}

function kindOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
