import { existsSync, mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";

/** Why a path cannot be a folder, as "which …"; null if it is one, or there is nothing yet. */
export function whyNoFolder(path: string): string | null {
  if (path.trim() === "") return "is blank";
  try {
    return statSync(path).isDirectory() ? null : "is not a folder";
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && path.startsWith("~"))
      return 'does not exist: only a shell replaces "~", so write the whole path';
    // What node --permission hides is reported by whoever reads it.
    return code === "ENOENT" || code === "ERR_ACCESS_DENIED" ? null : `cannot be opened (${message})`;
  }
}

/** Reads a folder's path, for commander. */
export function folder(path: string): string {
  const why = whyNoFolder(path);
  if (why) throw new InvalidArgumentError(`It ${why}; expected a folder.`);
  return path;
}

/** Reads the path of a file that may not be there yet, for commander. */
export function file(path: string): string {
  if (path.trim() === "") throw new InvalidArgumentError("It is blank; expected a file.");
  const why = whyNoFolder(dirname(path));
  if (why) throw new InvalidArgumentError(`The folder of this file ${why}.`);
  return path;
}

/** Reads the path of a .safetensors file that may not be there yet, for commander. */
export function safetensorsFile(path: string): string {
  if (/.\.safetensors$/.test(basename(file(path)))) return path;
  throw new InvalidArgumentError('It does not end in ".safetensors"; give the file that extension.');
}

/** Reads the path of a file that is there, for commander. */
export function existingFile(path: string): string {
  if (!existsSync(file(path))) throw new InvalidArgumentError("There is no such file.");
  return path;
}

/**
 * Makes a folder and those above it that are missing. `mkdir` with `recursive` never returns for a path
 * below /proc, so each is made by itself.
 * @throws the error of the first that cannot be made
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing) mkdirSync(one);
}

/** Writes a file of this name into a folder and removes it and all that was made for it. @throws if that fails */
export function tryToWrite(directory: string, name: string): void {
  const missing: string[] = [];
  for (let at = resolve(directory); !existsSync(at) && at !== dirname(at); at = dirname(at))
    missing.unshift(at);
  const made: string[] = [];
  try {
    for (const path of missing) {
      mkdirSync(path);
      made.unshift(path);
    }
    if (statSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory())
      throw new RangeError(`${name} in it is a folder`);
    const trial = join(directory, `${name}.trial-${process.pid}`);
    writeFileSync(trial, " ", { flag: "wx" });
    rmSync(trial);
  } finally {
    for (const path of made) rmdirSync(path);
  }
}
