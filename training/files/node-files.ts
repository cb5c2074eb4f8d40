type FileSystem = typeof import("node:fs/promises");

/**
 * Node's file system, loaded on demand because this folder also runs in a browser.
 * @throws TypeError where there is none
 */
export function nodeFiles(where: string, remedy: string): FileSystem {
  const files = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (!files) throw new TypeError(`${where}: there is no file system here; ${remedy}`);
  return files;
}
