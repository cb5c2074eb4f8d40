/**
 * `npm run lessons [-- 03 07]`: makes notebooks/NN-name.ipynb from notebooks/source/NN-name.md, runs
 * it in the kernel, and saves it with its outputs. A lesson with an error, or with anything on
 * stderr, is not saved.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../house/source.ts";
import { runCells } from "../run-notebook.ts";
import { codeOf, lessonCells } from "./lesson-source.ts";
import { notebookFile } from "./notebook-file.ts";

const wanted = process.argv.slice(2);
const folder = join(root, "notebooks");
const names = readdirSync(join(folder, "source"))
  .filter((name) => name.endsWith(".md"))
  .filter((name) => wanted.length === 0 || wanted.some((number) => name.startsWith(number)));
if (names.length === 0) throw new Error(`notebooks/source has no lesson ${wanted.join(", ")}`);

for (const name of names) {
  const path = join("notebooks/source", name);
  const cells = lessonCells(readFileSync(join(root, path), "utf8"), path);
  const code = codeOf(cells);
  const start = performance.now();
  const reports = await runCells(
    code.map(({ text }) => text),
    folder,
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const failed = reports.findIndex(({ verdict }) => verdict !== "passed");
  if (failed >= 0) {
    console.error(`${path}, cell ${code[failed]?.id}:\n${reports[failed]?.code}\n\n${reports[failed]?.why}`);
    process.exitCode = 1;
    continue;
  }
  const outputs = new Map(code.map(({ id }, i) => [id, reports[i]?.execution?.outputs ?? []]));
  const text = notebookFile(cells, (id) => outputs.get(id) ?? []);
  writeFileSync(join(folder, name.replace(/\.md$/, ".ipynb")), text);
  console.log(`${name}: ${code.length} cells in ${seconds} s, ${Math.ceil(text.length / 1024)} kB`);
}
