import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { contentOf } from "./content.ts";
import { type DataFile, type FileSet, folderOf, locateFile } from "./file-set.ts";
import { isGzip } from "./gunzip.ts";
import { readDataFile } from "./read-file.ts";
import { readSums, sumsName } from "./sums.ts";

/** The result of checking one file. */
export interface FileReport {
  readonly name: string;
  /** Null where there is no such file. */
  readonly path: string | null;
  /** "unverified": readable and of the right size, but without a checksum to compare. */
  readonly status: "ok" | "missing" | "damaged" | "unverified";
  /** What is wrong or unknown; empty for "ok". */
  readonly found: string;
}

/**
 * Checks every file of a set in a data root against its checksum, and calls `onReport` after each.
 */
export async function verifyFiles(
  set: FileSet,
  root: string,
  onReport: (report: FileReport) => void = () => {},
): Promise<FileReport[]> {
  const sums = set.archive ? readSums(folderOf(set, root) ?? join(root, set.folder)) : null;
  const reports: FileReport[] = [];
  for (const file of set.files) {
    const sha256 = sums?.get(file.name) ?? file.sha256;
    const known = sha256 === undefined ? file : { ...file, sha256 };
    const report = await verifyFile(known, locateFile(set, root, file.name));
    reports.push(report);
    onReport(report);
  }
  return reports;
}

/** Checks one file; a null `path` means that it is missing. */
export async function verifyFile(file: DataFile, path: string | null): Promise<FileReport> {
  const { name, sizeBytes, sha256, md5 } = file;
  const report = (status: FileReport["status"], found: string): FileReport => ({ name, path, status, found });
  if (path === null) return report("missing", "no such file");
  try {
    const bytes = await readDataFile(path, { advice: "", mostBytes: sizeBytes });
    if (sha256 !== undefined) {
      const found = digest("sha256", bytes);
      if (found === sha256) return report("ok", "");
      const expected = `expected ${file.atMost ? "one" : sizeBytes} with ${sha256}`;
      return report("damaged", `${said(bytes)} with SHA-256 ${found}; ${expected}`);
    }
    if (bytes.length > sizeBytes || (bytes.length < sizeBytes && !file.atMost)) {
      return report(
        "damaged",
        `${said(bytes).replace(/,$/, "")}; expected ${file.atMost ? "at most " : ""}${sizeBytes}`,
      );
    }
    if (md5 === undefined) {
      return report("unverified", `${bytes.length} bytes, but no ${sumsName} beside it (a fetch writes one)`);
    }
    const raw = await readFile(path);
    const found = digest("md5", raw);
    if (found === md5) return report("ok", "");
    if (!isGzip(raw)) {
      return report(
        "unverified",
        `${bytes.length} bytes; a checksum is known only for ${name}.gz, packed as published`,
      );
    }
    // The gzip data are complete and have the right size: either another .gz of the same contents,
    // or something else.
    return report("unverified", `not the published file: its MD5 is ${found}, expected ${md5}`);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return report("damaged", error.message.slice(path.length + 2).trim());
  }
}

/** The number of bytes, and what they are if that is known. */
function said(bytes: Uint8Array): string {
  const content = bytes[0] === 0 ? null : contentOf(bytes);
  return `${bytes.length} bytes${content ? `, ${content.what},` : ""}`;
}

function digest(algorithm: "sha256" | "md5", bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest("hex");
}
