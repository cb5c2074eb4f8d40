import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Options, Row } from "./study.ts";

/** One finished seed, as one line of a journal. */
export interface Entry {
  readonly seed: number;
  readonly options: Options;
  readonly seconds: number;
  readonly row: Row;
}

/**
 * The finished seeds in a file, a JSON document on each line. Whoever is killed in the middle of
 * writing a line loses that line only: it cannot be read, so it is skipped.
 */
export class Journal {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The entries that were measured with these options, the first for each seed. */
  entries(options: Options): ReadonlyMap<number, Entry> {
    const wanted = JSON.stringify(options);
    const found = new Map<number, Entry>();
    for (const entry of this.#lines()) {
      if (JSON.stringify(entry.options) === wanted && !found.has(entry.seed)) found.set(entry.seed, entry);
    }
    return found;
  }

  append(entry: Entry): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const text = this.#text();
    const isTorn = text !== "" && !text.endsWith("\n");
    appendFileSync(this.path, `${isTorn ? "\n" : ""}${JSON.stringify(entry)}\n`);
  }

  #text(): string {
    return existsSync(this.path) ? readFileSync(this.path, "utf8") : "";
  }

  #lines(): Entry[] {
    return this.#text().split("\n").flatMap(readEntry);
  }
}

function readEntry(line: string): Entry[] {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? [entry] : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === "object" &&
    value !== null &&
    "seed" in value &&
    typeof value.seed === "number" &&
    "options" in value &&
    "seconds" in value &&
    "row" in value &&
    typeof value.row === "object" &&
    value.row !== null
  );
}
