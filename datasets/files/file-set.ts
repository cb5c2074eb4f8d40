import { existsSync } from "node:fs";
import { join } from "node:path";

/** One file of a dataset, as it is inside its gzip wrapping. Wrappings differ from mirror to mirror; what they hold does not. */
export interface DataFile {
  /** Without ".gz". */
  readonly name: string;
  /** Decompressed. */
  readonly sizeBytes: number;
  /** The size is not known, but `sizeBytes` is the most it can be. */
  readonly atMost?: boolean;
  /** Of the decompressed bytes, in hexadecimal digits: the check that no wrapping disturbs. */
  readonly sha256?: string;
  /** Of NAME.gz as its authors published it, where no SHA-256 of what is inside is known: then only that very wrapping can be checked. */
  readonly md5?: string;
}

/** All files of a dataset in one .tar.gz, in a folder named as the set's. */
export interface Archive {
  readonly name: string;
  readonly sizeBytes: number;
  /** Of the archive. Those of the files are measured when it is unpacked, and kept beside them in SHA256SUMS. */
  readonly md5: string;
  /** What else the archive may hold; it is left out. */
  readonly others: readonly DataFile[];
}

/** The files of one dataset: in `folder` of the data root; at every mirror, an address that ends in "/", as NAME.gz or in one archive. */
export interface FileSet {
  readonly folder: string;
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
  readonly archive?: Archive;
}

/** Where NAME.gz is, else NAME, else null. The first is what `fetchFiles` writes, so a fetched file counts before an older one. */
export function locate(root: string, folder: string, name: string): string | null {
  const path = join(root, folder, name);
  return [`${path}.gz`, path].find((candidate) => existsSync(candidate)) ?? null;
}

/** Where a file of a set is, else null; those of an archive stand unpacked. */
export function locateFile(set: FileSet, root: string, name: string): string | null {
  if (!set.archive) return locate(root, set.folder, name);
  const path = join(root, set.folder, name);
  return existsSync(path) ? path : null;
}
