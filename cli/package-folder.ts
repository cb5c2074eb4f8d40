import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package, wherever it is installed. */
export const packageFolder: string = resolve(fileURLToPath(new URL("../../", import.meta.url)));

/** What the commands read in this package's package.json. */
export interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/** This package's package.json. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
}
