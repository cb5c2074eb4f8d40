import { relative } from "node:path";
import { installLines } from "./find-jupyter.ts";
import type { Lesson } from "./lessons.ts";

/** What became of each lesson. */
export function lessonLines(dir: string, lessons: readonly Lesson[]): string[] {
  const notes: Readonly<Record<Lesson["status"], string>> = {
    copied: "",
    updated: " (a newer one; you had not changed yours)",
    unchanged: "",
    kept: " (yours, because you changed it; rename it to get a fresh copy)",
  };
  return [
    `Lessons in ${dir}:`,
    ...lessons.map(({ name, status }) => `  ${status.padEnd(11)}${name}${notes[status]}`),
  ];
}

/** How to start Jupyter without this command. */
export function startLines(dir: string, jupyterPath: string): string[] {
  const set =
    process.platform === "win32"
      ? `set "JUPYTER_PATH=${jupyterPath}"`
      : `export JUPYTER_PATH='${jupyterPath.replaceAll("'", "'\\''")}'`;
  return ["To start Jupyter:", `  ${set}`, `  jupyter lab "${dir}"`];
}

/** This command again. */
export function commandFor(dir: string): string {
  const here = relative("", dir);
  return `npx chalk-and-tape notebook${here === "lessons" ? "" : ` ${here || "."}`}`;
}

/** What to say without Jupyter: how to install it and start this command again. */
export function missing(dir: string): string {
  const lines = installLines();
  if (lines.length === 0)
    return "neither JupyterLab nor the Notebook is on this machine; https://jupyter.org/install says how to install one";
  const steps = [...lines, commandFor(dir)].map((line) => `  ${line}`).join("\n");
  return `neither JupyterLab nor the Notebook is on this machine. To install and start it:\n${steps}`;
}
