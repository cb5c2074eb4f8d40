const { runCells } = await import("/work/main/.build/test/notebooks/run-notebook.js");
const { lessonCells, codeOf } = await import("/work/main/.build/test/notebooks/authoring/lesson-source.js");
const { readFileSync } = await import("node:fs");
const cells = codeOf(lessonCells(readFileSync("/work/h-hw3/grader/hw3/source/hw3.md", "utf8"), "hw3.md")).filter((c) => !c.id.startsWith("check-"));
const t = performance.now();
const reports = await runCells(cells.map(({ text }) => text.replace(/^import \{ checkHomework.*\n/m, "")), "/tmp/nbhw3");
reports.forEach((r, i) => { console.log(cells[i].id, r.verdict, r.why.slice(0, 1500)); for (const o of r.execution?.outputs ?? []) console.log("   ", JSON.stringify(o.text ?? Object.keys(o.data ?? {})).slice(0, 500)); });
console.log(performance.now() - t);
