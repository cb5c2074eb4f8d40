import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "../package-folder.ts";

/**
 * Lets notebooks in a folder import this package: links it into the folder's node_modules, unless it is found there or
 * in a folder above already. @returns whether a link was made
 */
export function linkPackage(folder: string): boolean {
  try {
    createRequire(join(folder, "notebook.js")).resolve("chalk-and-tape/package.json");
    return false;
  } catch {
    const link = join(folder, "node_modules", "chalk-and-tape");
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    rmSync(link, { force: true }); // a link to a copy that is gone
    symlinkSync(packageFolder, link, "junction");
    return true;
  }
}
