import { basename, join } from "node:path";
import { expectArgument, objectWith, text } from "../../np/internal.ts";
import { entriesOf, findFile, isFolder, isSpelling } from "./spelling.ts";

/**
 * One file of a dataset, as it is inside its .gz. The .gz files differ from mirror to mirror; their
 * contents do not.
 */
export interface DataFile {
  /** The name without ".gz". */
  readonly name: string;
  /** The decompressed size. */
  readonly sizeBytes: number;
  /** Whether `sizeBytes` is only an upper bound, because the size is not known. */
  readonly atMost?: boolean;
  /** SHA-256 of the decompressed bytes, in hexadecimal digits: the same for every .gz. */
  readonly sha256?: string;
  /**
   * MD5 of NAME.gz as its authors published it, for files without a known SHA-256 of the contents.
   * Only that exact .gz can be checked.
   */
  readonly md5?: string;
}

/** A .tar.gz with all files of a dataset, in a folder with the set's name. */
export interface Archive {
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * MD5 of the archive. The files' checksums are computed when it is unpacked and kept beside them
   * in SHA256SUMS.
   */
  readonly md5: string;
  /** Other files that the archive may contain; they are not unpacked. */
  readonly others: readonly DataFile[];
}

/**
 * The files of one dataset, in `folder` of the data root. Every mirror, a URL that ends in "/", has
 * them as NAME.gz or in one archive.
 */
export interface FileSet {
  readonly folder: string;
  /** Other names that people give the folder. Default: none. */
  readonly aliases?: readonly string[];
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
  readonly archive?: Archive;
}

/**
 * The path of NAME.gz, else of NAME, else of a file under another spelling of the name, else null.
 * `fetchFiles` writes NAME.gz, so a fetched file takes precedence over an older one.
 */
export function locate(root: string, folder: string, name: string): string | null {
  for (const [key, value] of Object.entries({ root, folder, name }))
    expectArgument("locate", key, text, value);
  for (const one of foldersOf(root, [folder])) {
    const path = findFile(one, `${name}.gz`, name);
    if (path !== null) return path;
  }
  return null;
}

const fileSet = objectWith<FileSet>("a set of files, such as mnistFiles", { folder: text });

/**
 * The path of a file in a set, or null; files of an archive are stored unpacked. All files come from
 * one folder, the first that has any of them.
 */
export function locateFile(set: FileSet, root: string, name: string): string | null {
  expectArgument("locateFile", "set", fileSet, set);
  for (const [key, value] of Object.entries({ root, name })) expectArgument("locateFile", key, text, value);
  const folder = folderOf(set, root);
  return folder === null ? null : findIn(set, folder, name);
}

/** The folder of a set: the first that has any of its files, or null. */
export function folderOf(set: FileSet, root: string): string | null {
  const folders = foldersOf(root, [set.folder, ...(set.aliases ?? [])]);
  return folders.find((folder) => set.files.some(({ name }) => findIn(set, folder, name))) ?? null;
}

function findIn({ archive }: FileSet, folder: string, name: string): string | null {
  return archive ? findFile(folder, name, `${name}.gz`) : findFile(folder, `${name}.gz`, name);
}

/**
 * The folders that may hold a set: those of its names in any spelling, the root itself if it is
 * called so, and what torchvision (`raw`) and unpacking twice (the name again) make inside.
 */
function foldersOf(root: string, names: readonly string[]): string[] {
  const isNamed = (entry: string): boolean => names.some((name) => isSpelling(entry, name));
  const exact = join(root, names[0] as string);
  const spelt = entriesOf(root).filter(isNamed).sort();
  const outer = [
    exact,
    ...spelt.map((entry) => join(root, entry)),
    ...(isNamed(basename(root)) ? [root] : []),
  ];
  const all = outer.flatMap((folder) => [
    folder,
    ...entriesOf(folder)
      .filter((entry) => entry === "raw" || isNamed(entry))
      .map((entry) => join(folder, entry)),
  ]);
  return [...new Set(all)].filter(isFolder);
}
