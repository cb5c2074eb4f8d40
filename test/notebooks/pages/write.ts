/** `npm run lessons:html [-- DIR]`: writes one static page for each lesson, and a page of contents, to DIR; default site/. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lessons } from "../lessons.ts";
import { siteOf } from "./site.ts";

const folder = resolve(process.argv[2] ?? "site");
mkdirSync(folder, { recursive: true });
const site = siteOf(lessons);
for (const [name, text] of site) writeFileSync(join(folder, name), text);
console.log(`${site.size - 1} lessons; open ${join(folder, "index.html")}`);
