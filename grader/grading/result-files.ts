import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import { fileNameOf } from "./file-name.ts";
import type { SubmissionResult } from "./result.ts";

/** A folder of results: one JSON file and one frozen source for each student, for the instructor's eyes alone. */
export class ResultFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    for (const name of ["results", "sources"]) {
      mkdirSync(join(folder, name), { recursive: true });
      chmodSync(join(folder, name), 0o700); // also the folder of an earlier run
    }
  }

  /** null for a student without a result, or one that cannot be read. */
  read(student: string): SubmissionResult | null {
    return readResult(this.#path("results", student, "json"));
  }

  async write(result: SubmissionResult): Promise<void> {
    await writeAtomically(this.#path("results", result.student, "json"), bytesOf(result));
  }

  async writeSource(student: string, text: string): Promise<void> {
    await writeAtomically(this.#path("sources", student, "ts"), new TextEncoder().encode(text));
  }

  /** "" for a student whose file was never read. */
  readSource(student: string): string {
    const path = this.#path("sources", student, "ts");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  #path(kind: string, student: string, ending: string): string {
    return join(this.folder, kind, `${fileNameOf(student)}.${ending}`);
  }
}

/** All results of a folder, ordered by student. @throws RangeError for a folder without results */
export function readResults(folder: string): readonly SubmissionResult[] {
  const path = join(folder, "results");
  if (!existsSync(path)) throw new RangeError(`${folder} has no results; expected the --out folder of grade`);
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const result = readResult(join(path, name));
      if (!result) throw new RangeError(`${join(path, name)} is not a result; remove it and grade again`);
      return result;
    })
    .sort((a, b) => (a.student < b.student ? -1 : 1));
}

function readResult(path: string): SubmissionResult | null {
  try {
    const result = JSON.parse(readFileSync(path, "utf8")) as SubmissionResult;
    const isResult =
      typeof result.student === "string" && Array.isArray(result.checks) && typeof result.score === "number";
    return isResult ? result : null;
  } catch {
    return null;
  }
}

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
