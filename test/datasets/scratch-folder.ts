import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder, removed after the suite in which this is called. */
export function scratchFolder(): { readonly make: () => Promise<string> } {
  const made: string[] = [];
  after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
  return {
    make: async () => {
      const folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
      made.push(folder);
      return folder;
    },
  };
}
