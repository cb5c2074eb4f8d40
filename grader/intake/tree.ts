/** A file that somebody handed in. Nothing of it has been read yet. */
export interface HandedFile {
  /** Below the student's folder, with "/". */
  readonly path: string;
  readonly size: number;
  /** @throws RangeError for a file that is longer than `limit` or no longer what it was */
  readonly read: (limit: number) => Promise<Uint8Array>;
}

/** The files of a folder or of a zip, and what was left out, in words. */
export interface Tree {
  readonly files: readonly HandedFile[];
  readonly notes: readonly string[];
}

/** Files that no student hands in on purpose: of the system, of an editor, of a package manager. */
export function isRubbish(path: string): boolean {
  return path
    .split("/")
    .some((part) => part.startsWith(".") || part === "__MACOSX" || part === "node_modules");
}

/** One part of a class: a student's folder, zip or single file. */
export interface Group {
  readonly name: string;
  readonly tree: Tree;
  /** Why nothing of it can be read; null if something can. */
  readonly refused: string | null;
}

/** The tree by the first part of each path. A file at the top is a group of its own. */
export function groupsOf({ files }: Tree): Map<string, HandedFile[]> {
  const groups = new Map<string, HandedFile[]>();
  for (const file of files) {
    const [first = "", ...rest] = file.path.split("/");
    const below = rest.length > 0 ? { ...file, path: rest.join("/") } : file;
    groups.set(first, [...(groups.get(first) ?? []), below]);
  }
  return groups;
}
