/**
 * Makes `import … from "chalk-and-tape/…"` work in a notebook outside of every project, such as a student's copy of
 * the lessons in the home folder. Where a folder above the notebook has the package in its node_modules, that one is
 * used and nothing happens here. Otherwise the package that the kernel belongs to answers, as if it stood in the
 * notebook's own node_modules:
 *
 * - for the types, by forwarding what the compiler asks the file system below `<notebook>/node_modules/<package>`,
 *   which is how tslab itself lends its own types to a notebook;
 * - at run time, by resolving a name that was not found once more, from here.
 *
 * The types of Node, without which a cell knows no `console`, are lent in the same way.
 */
import { existsSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname, join } from "node:path";
import ts from "@tslab/typescript-for-tslab";

const here = createRequire(import.meta.url);
const own = "chalk-and-tape";

export function lendOwnPackage(notebook: string): void {
  const tslab = createRequire(here.resolve("tslab/package.json"));
  const lent = new Map<string, string>();
  const lend = (name: string, manifest: string): void => {
    const place = join(notebook, "node_modules", name).replaceAll("\\", "/"); // as the compiler writes paths
    if (!isInstalledAbove(notebook, name)) lent.set(place, dirname(manifest));
  };
  lend(own, here.resolve(`${own}/package.json`));
  lend("@types/node", tslab.resolve("@types/node/package.json"));
  if (lent.size === 0) return;
  forwardFiles(lent);
  forwardRequires();
}

function isInstalledAbove(folder: string, name: string): boolean {
  if (existsSync(join(folder, "node_modules", name, "package.json"))) return true;
  const parent = dirname(folder);
  return parent !== folder && isInstalledAbove(parent, name);
}

function forwardFiles(lent: ReadonlyMap<string, string>): void {
  const { readFile, fileExists, directoryExists, getDirectories, realpath } = ts.sys;
  const forward = (path: string): string => {
    for (const [from, to] of lent)
      if (path === from || path.startsWith(`${from}/`)) return to + path.slice(from.length);
    return path;
  };
  /** Folders such as node_modules, that have to seem to be there. */
  const isAboveLent = (path: string): boolean => [...lent.keys()].some((from) => from.startsWith(`${path}/`));
  ts.sys.readFile = (path, encoding) => readFile(forward(path), encoding);
  ts.sys.fileExists = (path) => fileExists(forward(path));
  ts.sys.directoryExists = (path) => directoryExists(forward(path)) || isAboveLent(path);
  ts.sys.getDirectories = (path) => {
    const below = [...lent.keys()]
      .filter((from) => dirname(from) === path)
      .map((from) => from.slice(path.length + 1));
    return [...new Set([...(directoryExists(forward(path)) ? getDirectories(forward(path)) : []), ...below])];
  };
  ts.sys.realpath = (path) => realpath?.(forward(path)) ?? path;
}

/** Node's own hook for this, `module.registerHooks`, is in no Node 20. */
interface Resolver {
  _resolveFilename(name: string, ...rest: unknown[]): string;
}

function forwardRequires(): void {
  const resolver = Module as unknown as Resolver;
  const resolve = resolver._resolveFilename;
  let isLending = false;
  resolver._resolveFilename = function (name, ...rest) {
    try {
      return resolve.call(this, name, ...rest);
    } catch (error) {
      if (isLending || (name !== own && !name.startsWith(`${own}/`))) throw error;
      isLending = true;
      try {
        return here.resolve(name);
      } finally {
        isLending = false;
      }
    }
  };
}
