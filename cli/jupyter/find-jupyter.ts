import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { installLine, isOnPath } from "../install-line.ts";

/** How to start JupyterLab or the Notebook, in order of preference. */
const starters: readonly (readonly [program: string, ...words: string[]])[] = [
  ["jupyter", "lab"],
  ["jupyter", "notebook"],
  ...["python3", "python", "py"].flatMap((python) => [
    [python, "-m", "jupyterlab"] as const,
    [python, "-m", "notebook"] as const,
  ]),
];

/** The first of the starters that runs on this machine; null if none does. */
export async function findJupyter(): Promise<readonly [program: string, ...words: string[]] | null> {
  for (const starter of starters) {
    const [program, ...words] = starter;
    if (isOnPath(program) && (await runs(program, [...words, "--version"]))) return starter;
  }
  return null;
}

/** Python may start without the module, and `jupyter` without the subcommand, so each is asked for its version. */
async function runs(program: string, words: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(program, words, { timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/** The commands that install Jupyter on this system. */
export function installLines(): readonly string[] {
  const packages = {
    "apt-get": "jupyter-notebook",
    dnf: "python3-notebook",
    pacman: "jupyterlab",
    brew: "jupyterlab",
  };
  const isolated = process.env.CONDA_PREFIX ? { conda: "jupyterlab" } : {}; // an environment of the user's own
  const line = installLine({ ...isolated, ...packages, py: "jupyterlab", python3: "jupyterlab" });
  if (line !== null) return [line];
  const python = installLine({ winget: "Python.Python.3.13" });
  return python === null ? [] : [python, "py -m pip install --user jupyterlab"];
}
