/** `npm run claims`: writes the claims with their verdicts from the results of the studies. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { claimDefinitions, claimRow } from "#internal/studies";
import { root } from "../house/source.ts";
import { claimsFiles } from "./claims-files.ts";
import { hasResult } from "./has-result.ts";

const isPartial = process.argv.includes("--partial");
const definitions = isPartial ? claimDefinitions.filter(hasResult) : claimDefinitions;
try {
  for (const [path, text] of Object.entries(claimsFiles(definitions.map(claimRow)))) {
    writeFileSync(join(root, path), text);
    console.log(`${path} is written`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
