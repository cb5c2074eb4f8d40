/** The files that `npm run claims` writes, by path. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClaimRow } from "chalk-and-tape/studies";
import { claimsPage, claimsPicture, claimsTable } from "#internal/studies";
import { root } from "../house/source.ts";

const [begin, end] = ["<!-- claims: npm run claims writes this -->", "<!-- claims end -->"];

/** @throws Error when README.md lacks the two marks between which the table stands */
export function claimsFiles(rows: readonly ClaimRow[]): Readonly<Record<string, string>> {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no lines ${begin} and ${end}`);
  return {
    "studies/claims.json": `${JSON.stringify(rows, null, 1)}\n`,
    "docs/claims.md": claimsPage(rows),
    "docs/claims.svg": claimsPicture(rows),
    "README.md": `${readme.slice(0, from)}${begin}\n\n${claimsTable(rows)}\n\n${readme.slice(to)}`,
  };
}
