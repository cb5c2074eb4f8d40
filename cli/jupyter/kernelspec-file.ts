import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { kernelspec } from "../../kernel/index.ts";

/** The kernelspec as a file's text. */
export function kernelspecText(): string {
  return `${JSON.stringify(kernelspec(), null, 2)}\n`;
}

/**
 * Writes the kernelspec `tslab` below a folder of Jupyter's data.
 * @returns the file, and the other kernelspec of this name that it replaces, null if there was none
 */
export function writeKernelspec(dataFolder: string): {
  readonly path: string;
  readonly replaced: string | null;
} {
  const path = join(dataFolder, "kernels", "tslab", "kernel.json");
  const before = textOf(path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, kernelspecText());
  return { path, replaced: before === kernelspecText() ? null : before };
}

/** A file's text; null if there is no such file. */
export function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Where Jupyter, JupyterHub and VS Code look for this user's kernels, as `jupyter --data-dir` prints it.
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform !== "win32")
    return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
  if (APPDATA) return join(APPDATA, "jupyter");
  return join(JUPYTER_CONFIG_DIR || join(homedir(), ".jupyter"), "data");
}
