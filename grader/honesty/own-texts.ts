import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository: this file runs from `dist/grader/honesty`. */
const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** What the students of an assignment were given; "" if its edition is not there. */
export function editionText(assignment: string): string {
  const path = join(repository, "homework", assignment, "edition", `${assignment}.ts`);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** The hand-written side and the reference of an assignment, by their paths in the repository. */
export function ownTexts(assignment: string): ReadonlyMap<string, string> {
  const manual = readdirSync(join(repository, "manual"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join("manual", name));
  const reference = join("grader", assignment, "source", `${assignment}.ts`);
  const paths = existsSync(join(repository, reference)) ? [reference, ...manual] : manual;
  return new Map(paths.map((path) => [path, readFileSync(join(repository, path), "utf8")]));
}
