import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What an instructor writes: the students' file and notebook, with solutions. */
export interface Sources {
  /** The text of `hw1.ts`. */
  readonly code: string;
  readonly codePath: string;
  /** The text of `hw1.md`. */
  readonly notebook: string;
  readonly notebookPath: string;
  /** The text of `hidden.ts`, which no student gets; "" if there is none. */
  readonly hidden: string;
}

/**
 * The sources of an assignment, from `grader/<id>/` of a repository.
 * @throws RangeError for a file that is missing
 */
export function readSources(id: string, repository: string): Sources {
  const codePath = `grader/${id}/source/${id}.ts`;
  const notebookPath = `grader/${id}/source/${id}.md`;
  for (const path of [codePath, notebookPath])
    if (!existsSync(join(repository, path)))
      throw new RangeError(
        `${path} is missing in ${repository}. A release needs a clone of the repository: git clone it, then npm install`,
      );
  const read = (path: string): string => readFileSync(join(repository, path), "utf8");
  const hiddenPath = `grader/${id}/hidden.ts`;
  const hidden = existsSync(join(repository, hiddenPath)) ? read(hiddenPath) : "";
  return { code: read(codePath), codePath, notebook: read(notebookPath), notebookPath, hidden };
}
