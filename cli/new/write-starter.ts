import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { makeFolder } from "../folder.ts";
import { manifest, packageFolder } from "../package-folder.ts";
import { packageSpec } from "./package-spec.ts";

/**
 * Makes a folder to work in. `starter/` holds its files, except those that npm would not publish under their names,
 * and package.json, whose versions are this package's own.
 * @returns the names of its files
 */
export function writeStarter(folder: string): string[] {
  makeFolder(folder);
  cpSync(join(packageFolder, "starter"), folder, { recursive: true });
  const scripts = {
    // tslab brings a compiler of its own, so that node_modules/.bin/tsc may be either.
    check: "node node_modules/typescript/bin/tsc && node --enable-source-maps build/check.js",
    notebook: "chalk-and-tape notebook .",
  };
  writeFileSync(join(folder, "package.json"), packageFile(folder, scripts));
  writePackageFiles(folder);
  return readdirSync(folder).sort();
}

/** Writes what npm would not publish under its name. */
export function writePackageFiles(folder: string): void {
  writeFileSync(join(folder, ".gitignore"), "node_modules\nbuild\n.jupyter\n.ipynb_checkpoints\n");
  // Nothing here needs an install script, and npm warns of each that it did not run.
  writeFileSync(join(folder, ".npmrc"), "ignore-scripts=true\n");
}

/** The text of package.json for a folder with these scripts. */
export function packageFile(folder: string, scripts: Readonly<Record<string, string>>): string {
  const { typescript, "@types/node": node } = manifest().devDependencies;
  const json = {
    name: packageName(basename(resolve(folder))),
    private: true,
    type: "module",
    scripts,
    dependencies: { "chalk-and-tape": packageSpec() },
    devDependencies: { "@types/node": node, typescript },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** A name that npm accepts, as near as possible to the folder's. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" || name === "chalk-and-tape" || name === "node-modules" ? "my-networks" : name;
}
