import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { manifest, packageFolder } from "../package-folder.ts";

/**
 * How another package.json can depend on the package that runs now: by its version, or by `file:` if it was not
 * installed from a registry, but runs from a clone or came as a .tgz file.
 */
export function packageSpec(): string {
  const modules = dirname(packageFolder);
  if (!/[\\/]node_modules$/.test(modules)) return `file:${packageFolder}`;
  const from = installedFrom(modules);
  if (from?.startsWith("file:")) {
    const path = resolve(dirname(modules), from.slice("file:".length));
    if (existsSync(path)) return `file:${path}`;
  }
  return `^${manifest().version}`;
}

/** Where npm says that it got this package from; null if npm did not install it. */
function installedFrom(modules: string): string | null {
  try {
    const { packages } = JSON.parse(readFileSync(resolve(modules, ".package-lock.json"), "utf8"));
    const { resolved } = packages["node_modules/chalk-and-tape"];
    return typeof resolved === "string" ? resolved : null;
  } catch {
    return null;
  }
}
