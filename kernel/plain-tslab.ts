import { createRequire } from "node:module";

/** Becomes the kernel that `tslab kernel` starts. */
export function startPlainTslab(connectionFile: string): void {
  process.argv.splice(2, Number.POSITIVE_INFINITY, "kernel", "--config-path", connectionFile);
  createRequire(import.meta.url)("tslab/bin/tslab");
}
