import { existsSync } from "node:fs";
import { join } from "node:path";
import { expectArgument, objectWith, text } from "../../np/internal.ts";

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
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
  readonly archive?: Archive;
}

/**
 * The path of NAME.gz, else of NAME, else null. `fetchFiles` writes NAME.gz, so a fetched file
 * takes precedence over an older one.
 */
export function locate(root: string, folder: string, name: string): string | null {
  for (const [key, value] of Object.entries({ root, folder, name }))
    expectArgument("locate", key, text, value);
  const path = join(root, folder, name);
  return [`${path}.gz`, path].find((candidate) => existsSync(candidate)) ?? null;
}

const fileSet = objectWith<FileSet>("a set of files, such as mnistFiles", { folder: text });

/** The path of a file in a set, or null; files of an archive are stored unpacked. */
export function locateFile(set: FileSet, root: string, name: string): string | null {
  expectArgument("locateFile", "set", fileSet, set);
  for (const [key, value] of Object.entries({ root, name })) expectArgument("locateFile", key, text, value);
  if (!set.archive) return locate(root, set.folder, name);
  const path = join(root, set.folder, name);
  return existsSync(path) ? path : null;
}
