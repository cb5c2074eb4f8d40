import { type Attack, during, wrong, wrongAnswer } from "../attack.ts";

/** Right answers from elsewhere: the package, the grader's memory, an earlier run. */
export const answerAttacks: readonly Attack[] = [
  ...["chalk-and-tape", "chalk-and-tape/manual", "chalk-and-tape/autograd", "chalk-and-tape/gradcheck"].map(
    (name): Attack => ({
      name: `imports ${name}`,
      aims: "answers",
      text: `import * as all from "${name}"; console.log(all); ${wrong}`,
      ends: /not loaded/,
    }),
  ),
  {
    name: "imports the package's files by path",
    aims: "answers",
    text: `import { readdirSync } from "node:fs"; import { fileURLToPath } from "node:url";
      const np = new URL(".", import.meta.resolve("chalk-and-tape/np"));
      const files = readdirSync(fileURLToPath(new URL("..", np)), { recursive: true }).map(String);
      if (files.some((file) => /manual|autograd|gradcheck|compare/.test(file))) console.log(target.found); ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "an imports field of its own",
    aims: "answers",
    text: `import all from "#answers"; console.log(all); ${wrong}`,
    ends: /not loaded/,
  },
  {
    name: "calls a gradient's primitive",
    aims: "answers",
    text: during(`x.apply("softmaxMinus", x, x, 1, 0)`),
    ends: /thrown/,
  },
  {
    name: "hooks the loader",
    aims: "answers",
    text: `import * as module from "node:module";
      try {
        (module as any).registerHooks({ resolve: (name: string, context: any, next: any) => next(name === "chalk-and-tape/manual" ? "file:///box/answers.js" : name, context) });
      } catch {}
      await import("chalk-and-tape/manual" as string); ${wrong}`,
    ends: /not loaded/,
  },
  {
    name: "looks for expected values in memory",
    aims: "answers",
    text: `import v8 from "node:v8";
      const seen: string[] = [];
      try { for await (const piece of v8.getHeapSnapshot()) seen.push(String(piece)); } catch {}
      if (/expected-value|course secret|the course's secret/.test(seen.join("").replace(/const seen[^]*?export/, ""))) {} ${wrong}`,
    ends: wrongAnswer,
    slow: true,
  },
  {
    name: "looks at its command line and environment",
    aims: "answers",
    text: `if (/seed|secret|expected|score/i.test(process.argv.slice(3).join() + JSON.stringify(process.env))) console.log(target.found); ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "values that were right for another seed",
    aims: "answers",
    text: `import { array } from "chalk-and-tape/np";
      export const double = () => array(target.public.double); export const shift = () => array(target.public.shift);`,
    ends: wrongAnswer,
  },
  {
    name: "right only where no grader is",
    aims: "answers",
    text: `const graded = !process.stdin.isTTY || process.env.CHALK_ENGINE === "js";
      export const double = (x: any) => graded ? x.mul(5) : x.mul(2); export const shift = (x: any) => x.add(7);`,
    ends: wrongAnswer,
  },
];
