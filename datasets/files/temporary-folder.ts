import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { partPrefix } from "./leftovers.ts";

/**
 * Runs `use` with a new empty folder in `parent`, and removes it afterwards: on success, on failure
 * and at process exit. `removeLeftovers` removes it after a kill.
 */
export async function withTemporaryFolder<T>(
  parent: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(parent, partPrefix()));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await use(folder);
  } finally {
    remove();
    process.off("exit", remove);
  }
}
