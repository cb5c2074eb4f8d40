import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SubmissionResult, WallProbe } from "../grading/result.ts";
import { ResultFiles, readResults } from "../grading/result-files.ts";
import { type RunFile, readRunFile, writeRunFile } from "../grading/run-file.ts";

/** Everything that several folders of results hold together. */
export interface Merged {
  readonly results: readonly SubmissionResult[];
  readonly run: RunFile;
  readonly selfTest: readonly WallProbe[];
}

/**
 * Reads the folders of a run, one for each shard.
 * @throws RangeError for folders of two assignments or secrets, or for a student with two different results
 */
export function readParts(folders: readonly string[]): Merged {
  const runs = folders.map((folder) => {
    const run = readRunFile(folder);
    if (!run) throw new RangeError(`${folder} has no run.json; expected the --out folder of grade`);
    return run;
  });
  const [first, ...others] = runs;
  if (!first) throw new RangeError("merge needs at least one folder of results");
  const other = others.find(({ assignment }) => assignment !== first.assignment);
  if (other)
    throw new RangeError(`the folders hold results of ${first.assignment} and of ${other.assignment}`);
  if (others.some(({ secret }) => secret !== first.secret))
    throw new RangeError("the folders were graded with different secrets; grade all with the same --secret");
  const results = new Map<string, SubmissionResult>();
  for (const folder of folders)
    for (const result of readResults(folder)) {
      const before = results.get(result.student);
      if (before && JSON.stringify(before) !== JSON.stringify(result))
        throw new RangeError(`${result.student} has two different results, one of them in ${folder}`);
      results.set(result.student, result);
    }
  const sorted = [...results.values()].sort((a, b) => (a.student < b.student ? -1 : 1));
  return { results: sorted, run: first, selfTest: selfTestIn(folders[0] as string) };
}

/** Copies results and sources, so that the merged folder is one like any other. */
export async function writeMerged(out: string, folders: readonly string[], merged: Merged): Promise<void> {
  const to = new ResultFiles(out);
  await writeRunFile(out, merged.run);
  for (const folder of folders) {
    const from = new ResultFiles(folder);
    for (const { student } of readResults(folder)) {
      const result = from.read(student);
      if (result) await to.write(result);
      const source = from.readSource(student);
      if (source !== "") await to.writeSource(student, source);
    }
  }
}

/** The table of a folder's self-test. */
export function selfTestIn(folder: string): readonly WallProbe[] {
  const path = join(folder, "self-test.json");
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, "utf8")) as { selfTest: readonly WallProbe[] }).selfTest;
}
