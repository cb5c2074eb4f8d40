import type { Examiner } from "../../checks/check.ts";

const allowed = "chalk-and-tape/np";

/**
 * Reads the imports of the student's file. When work is graded, the package has nothing but np, and a
 * file with another import cannot be loaded; here it is found in time.
 * @throws Failure that names the first other import
 */
export function expectOnlyNp(examiner: Examiner): void {
  const other = importedBy(examiner.source).find((name) => name !== allowed);
  const where = `hw3.ts imports "${other}"; import from ${allowed} only: nothing else is there when it is graded`;
  examiner.require(other === undefined, { where, cause: "import" });
}

/** What a file loads, in the order of the text. Imports of types alone load nothing. */
function importedBy(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
  const fixed = /^\s*(?:import|export)\b(?!\s+type\b)[^;"'`()]*["']([^"']+)["']/gm;
  const dynamic = /\b(?:import|require)\s*\(\s*["'`]([^"'`]+)/g;
  return [fixed, dynamic].flatMap((pattern) => [...code.matchAll(pattern)].map(([, name]) => name as string));
}
