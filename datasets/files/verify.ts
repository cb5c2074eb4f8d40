import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";
import { type DataFile, type FileSet, locate } from "./file-set.ts";
import { readDataFile } from "./read-file.ts";

/** What `verifyFiles` finds out about one file. */
export interface FileReport {
  readonly name: string;
  /** null where there is no such file. */
  readonly path: string | null;
  readonly status: "ok" | "missing" | "damaged";
  /** What is wrong; empty for "ok". */
  readonly found: string;
}

/** Checks every file of a set under a data root against its SHA-256; `onReport` hears of each as soon as it is known. */
export async function verifyFiles(
  set: FileSet,
  root: string,
  onReport: (report: FileReport) => void = () => {},
): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const file of set.files) {
    const report = await verifyFile(file, locate(root, set.folder, file.name));
    reports.push(report);
    onReport(report);
  }
  return reports;
}

/** Checks one file; `path` null means that there is none. */
export async function verifyFile(file: DataFile, path: string | null): Promise<FileReport> {
  const { name, sizeBytes, sha256 } = file;
  if (path === null) return { name, path, status: "missing", found: "no such file" };
  try {
    const bytes = await readDataFile(path, "", sizeBytes);
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found === sha256) return { name, path, status: "ok", found: "" };
    const what = `${bytes.length} bytes with SHA-256 ${found}; expected ${sizeBytes} with ${sha256}`;
    return { name, path, status: "damaged", found: what };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { name, path, status: "damaged", found: error.message.slice(path.length + 2).trim() };
  }
}
