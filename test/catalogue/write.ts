/** `npm run catalogue`: checks every entry and writes docs/catalogue.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../house/source.ts";
import { cataloguePage } from "./page.ts";

const { text, entries } = cataloguePage();
const failed = entries.flatMap((entry) => entry.failed);
if (failed.length > 0) throw new Error(`these do not agree, so there is no page:\n${failed.join("\n")}`);
writeFileSync(join(root, "docs/catalogue.md"), text);
console.log(`docs/catalogue.md: ${entries.length} entries`);
