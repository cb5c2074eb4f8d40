import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const repository: string = fileURLToPath(new URL("../../../", import.meta.url));

/** The students' edition of an assignment. @throws RangeError if there is none */
export function editionOf(id: string): string {
  return textAt(`homework/${id}/edition/${id}.ts`, `run \`homework release ${id}\``);
}

/** The instructor's source: an answer that earns all points. @throws RangeError if there is none */
export function referenceOf(id: string): string {
  return textAt(`grader/${id}/source/${id}.ts`, "it belongs to the repository");
}

function textAt(path: string, advice: string): string {
  const whole = join(repository, path);
  if (!existsSync(whole)) throw new RangeError(`${path} is missing: ${advice}`);
  return readFileSync(whole, "utf8");
}
