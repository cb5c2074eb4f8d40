import { existsSync } from "node:fs";
import { join } from "node:path";

/** One file as it is inside its gzip wrapping. Wrappings differ from mirror to mirror; what they hold does not. */
export interface DataFile {
  /** Without ".gz". */
  readonly name: string;
  /** Of the decompressed bytes, in hexadecimal digits. */
  readonly sha256: string;
  /** Decompressed. */
  readonly sizeBytes: number;
}

/** The files of one dataset: in `folder` of the data root, and at every mirror, an address that ends in "/", as NAME.gz. */
export interface FileSet {
  readonly folder: string;
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
}

/** Where NAME.gz is, else NAME, else null. The first is what `fetchFiles` writes, so a fetched file counts before an older one. */
export function locate(root: string, folder: string, name: string): string | null {
  const path = join(root, folder, name);
  return [`${path}.gz`, path].find((candidate) => existsSync(candidate)) ?? null;
}
