import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { writeAtomically } from "../../training/internal.ts";
import { readmeStart } from "./readme.ts";

/** @throws RangeError for a folder that holds anything but an earlier export */
export function expectRoom(folder: string): void {
  const names = namesIn(folder);
  if (names.length === 0 || isExport(folder)) return;
  const some = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
  throw new RangeError(
    `exportPyTorch: ${folder} is not empty and does not hold an earlier export; it has ${some}. Choose a new folder, such as ${join(folder, "pytorch")}`,
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR")
      throw new RangeError(`exportPyTorch: ${folder} is a file, expected a folder; choose another name`);
    throw error;
  }
}

function isExport(folder: string): boolean {
  const readme = join(folder, "README.md");
  return existsSync(readme) && readFileSync(readme, "utf8").includes(`\n${readmeStart}`);
}

/**
 * Writes the files of an export, all or none: first into a folder beside this one, which then takes
 * its name. In the folder of an earlier export they replace the files of these names one by one,
 * train.py last, and the others stay.
 */
export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const target = resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const staging = join(dirname(target), `.${basename(target)}-${crypto.randomUUID()}`);
  mkdirSync(staging);
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await writeAtomically(join(staging, name), bytes);
    }
    if (namesIn(target).length === 0) {
      rmSync(target, { recursive: true, force: true });
      renameSync(staging, target);
      return;
    }
    const last = "train.py"; // without it nothing runs that is half old, half new
    rmSync(join(target, last), { force: true });
    for (const name of [...Object.keys(files).filter((one) => one !== last), last])
      renameSync(join(staging, name), join(target, name));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
