import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { folder } from "./folder.ts";
import { writeStarter } from "./new/write-starter.ts";

/** `new DIR`: a folder in which a student can work. */
export function newCommand(command: Command): Command {
  return command
    .argument("<dir>", "the folder to make; it may exist if it is empty", folder)
    .option("--json", "print one JSON document")
    .action(run);
}

function run(dir: string, { json }: { readonly json?: boolean }): void {
  expectEmpty(dir);
  const files = writeStarter(dir);
  const steps = [`cd ${/\s/.test(dir) ? `"${dir}"` : dir}`, "npm install", "npm run check"];
  const lines = [
    `Made ${dir}:`,
    `  ${files.filter((name) => !name.startsWith(".")).join("  ")}`,
    "Next:",
    ...steps.map((line) => `  ${line}`),
    "The check compiles my-linear.ts and finds one wrong gradient, left there for you; README.md says how to go on.",
  ];
  console.log(
    json ? JSON.stringify({ folder: resolve(dir), files, next: steps }, null, 2) : lines.join("\n"),
  );
}

/** @throws RangeError if something is in it already */
function expectEmpty(dir: string): void {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (names.length > 0)
    throw new RangeError(
      `${dir} is not empty: it holds ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}. Choose a new folder, such as ${join(dir, "my-networks")}`,
    );
}
