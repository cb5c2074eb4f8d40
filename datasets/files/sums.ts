import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors.ts";

/**
 * The file with the checksums of the unpacked files, beside them; `sha256sum -c SHA256SUMS` reads
 * it too.
 */
export const sumsName = "SHA256SUMS";

const mostBytes = 65_536;

export function formatSums(sums: ReadonlyMap<string, string>): string {
  return [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join("");
}

/**
 * Reads a map from name to SHA-256; null without such a file.
 * @throws DataError for a malformed line
 */
export function readSums(folder: string): ReadonlyMap<string, string> | null {
  const path = join(folder, sumsName);
  if (!existsSync(path)) return null;
  if (statSync(path).size > mostBytes) {
    throw new DataError(`${path}: ${statSync(path).size} bytes; expected a short list. Remove the file.`);
  }
  const lines = readFileSync(path, "utf8").split("\n");
  return new Map(
    lines.filter(Boolean).map((line, i) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line.trimEnd()) ?? [];
      if (sum && name) return [name, sum];
      throw new DataError(
        `${path}: line ${i + 1} is ${JSON.stringify(line)}; expected a SHA-256, two spaces and a name. Remove the file: without it the data can be read, but not checked.`,
      );
    }),
  );
}
