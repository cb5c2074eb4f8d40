import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { assignmentNamed } from "../../homework/internal.ts";
import { folder } from "../folder.ts";
import { writeHomework } from "./write-homework.ts";

/** `homework start hw1 DIR`: a folder in which a student works on an assignment. */
export function startCommand(command: Command): Command {
  return command
    .argument("<assignment>", "the assignment, such as hw1")
    .argument("<dir>", "the folder to make, or one that chalk-and-tape has made", folder)
    .action(run);
}

async function run(id: string, dir: string): Promise<void> {
  const { title, points, hours } = await assignmentNamed(id);
  const wasThere = existsSync(join(dir, "package.json"));
  const files = writeHomework(id, dir);
  const steps = [
    `cd ${/\s/.test(dir) ? `"${dir}"` : dir}`,
    ...(existsSync(join(resolve(dir), "node_modules")) ? [] : ["npm install"]),
    wasThere ? `npx chalk-and-tape homework check ${id}` : "npm run check",
    wasThere ? "npx chalk-and-tape notebook ." : "npm run notebook",
  ];
  const lines = [
    `${title}: ${points} points, about ${hours} hours.`,
    `Wrote into ${dir}:`,
    `  ${files.filter((name) => !name.startsWith(".")).join("  ")}`,
    "Next:",
    ...steps.map((line) => `  ${line}`),
    `You write in ${id}.ts; ${id}.ipynb says what. The check fails until you have written something.`,
  ];
  console.log(lines.join("\n"));
}
