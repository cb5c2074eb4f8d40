/** `npm run names`: writes docs/names.md from the table. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { namesPage } from "#internal/names";
import { root } from "../house/source.ts";

writeFileSync(join(root, "docs/names.md"), namesPage());
console.log("docs/names.md is written");
