/** `npm run claims`: writes the claims with their verdicts from the results of the studies. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { claimDefinitions, claimRow } from "#internal/studies";
import { root } from "../house/source.ts";
import { claimsFiles } from "./claims-files.ts";

for (const [path, text] of Object.entries(claimsFiles(claimDefinitions.map(claimRow)))) {
  writeFileSync(join(root, path), text);
  console.log(`${path} is written`);
}
