import { type Attack, during, wrong, wrongAnswer } from "../attack.ts";

/** Reading the grader's secrets, writing outside the box, changing what the next submission runs. */
export const fileAttacks: readonly Attack[] = [
  {
    name: "reads a secret",
    aims: "files",
    text: `import { readFileSync } from "node:fs"; ${during(`console.log(readFileSync(target.secret, "utf8"))`)}`,
    ends: /thrown/,
    control: "secret",
  },
  {
    name: "reads it through /proc/self/root",
    aims: "files",
    text: `import { readFileSync } from "node:fs"; ${during(`console.log(readFileSync("/proc/self/root" + target.secret, "utf8"))`)}`,
    ends: /thrown/,
    control: "secret",
  },
  {
    name: "reads it through a link of its own",
    aims: "files",
    text: `import { readFileSync, symlinkSync } from "node:fs";
      import { tmpdir } from "node:os";
      const link = tmpdir() + "/link-" + process.pid;
      ${during(`symlinkSync(target.secret, link); console.log(readFileSync(link, "utf8"))`)}`,
    ends: /thrown/,
    control: "secret",
  },
  {
    name: "requires a file outside",
    aims: "files",
    text: `import { createRequire } from "node:module";
      ${during(`try { createRequire(import.meta.url)(target.secret) } catch (error) { console.log((error as Error).stack) }`)}`,
    ends: wrongAnswer,
    control: "secret",
  },
  {
    name: "old door: process.binding",
    aims: "Node's --permission",
    text: during(
      `(process as any).binding("fs").internalModuleReadJSON(target.secret); throw new Error("no door")`,
    ),
    ends: /thrown/,
  },
  {
    name: "writes a file",
    aims: "files",
    text: `import { writeFileSync } from "node:fs"; ${during("writeFileSync(target.marker, '')")}`,
    ends: /thrown/,
    control: "marker",
  },
  {
    name: "writes through node:sqlite",
    aims: "files",
    text: `try {
        const { DatabaseSync } = await import("node:sqlite" as string);
        new DatabaseSync(target.marker).exec("create table here (x)");
      } catch {} ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "writes a diagnostic report",
    aims: "files",
    text: `try { process.report!.writeReport(target.marker); } catch {} ${wrong}`,
    ends: wrongAnswer,
    control: "marker",
  },
  {
    name: "writes a heap snapshot",
    aims: "files",
    text: `import v8 from "node:v8"; try { v8.writeHeapSnapshot(target.marker); } catch {} ${wrong}`,
    ends: wrongAnswer,
    control: "marker",
  },
  {
    name: "changes np for the next submission",
    aims: "files",
    text: `import { appendFileSync } from "node:fs"; import { fileURLToPath } from "node:url";
      const np = fileURLToPath(import.meta.resolve("chalk-and-tape/np"));
      ${during("if (target.walled) appendFileSync(np, '// here')")}`,
    ends: /thrown/,
  },
  {
    name: "changes its own file after it was frozen",
    aims: "files",
    text: `import { writeFileSync } from "node:fs"; import { fileURLToPath } from "node:url";
      ${during("writeFileSync(fileURLToPath(import.meta.url), 'export {}')")}`,
    ends: /thrown/,
  },
  {
    name: "leaves a package for the next submission",
    aims: "files",
    text: `import { mkdirSync } from "node:fs"; ${during("if (target.walled) mkdirSync('/node_modules/chalk-and-tape', { recursive: true }); else throw 1")}`,
    ends: /thrown/,
  },
  {
    name: "10,000 files",
    aims: "files",
    text: `import { writeFileSync } from "node:fs";
      import { tmpdir } from "node:os";
      ${during("for (let i = 0; i < 10_000; i++) writeFileSync(tmpdir() + '/many-' + i, 'x')")}`,
    ends: /thrown/,
  },
  {
    name: "opens everything it can",
    aims: "files",
    text: `import { openSync } from "node:fs"; import { fileURLToPath } from "node:url";
      ${during("for (;;) openSync(fileURLToPath(import.meta.url), 'r')")}`,
    ends: /thrown/,
  },
];
