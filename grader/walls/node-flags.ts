import type { Limits } from "./limits.ts";
import { nodeVersion } from "./node-versions.ts";

/**
 * Node's flags for a process that holds a submission. `readable` are the folders that it may read
 * with `--permission`; null leaves the permission model out.
 */
export function nodeFlags({ heap }: Limits, readable: readonly string[] | null): string[] {
  const { major, minor } = nodeVersion(process.versions.node);
  const stable = major > 22 || (major === 22 && minor >= 13);
  const permission = readable && [
    stable ? "--permission" : "--experimental-permission",
    ...readable.map((folder) => `--allow-fs-read=${folder}/*`),
  ];
  return [
    ...(permission ?? []),
    // node:sqlite writes files past `--permission`.
    ...(stable ? ["--no-experimental-sqlite"] : []),
    "--no-addons",
    "--no-warnings",
    "--enable-source-maps",
    `--max-old-space-size=${heap}`,
  ];
}
