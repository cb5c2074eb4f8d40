import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository: this file runs from `dist/grader/gradescope`. */
const repository: string = fileURLToPath(new URL("../../../", import.meta.url));
/** What grading runs: the checks compute the expected values from `manual` and `autograd`. */
const rooms =
  "np contracts initialisers manual autograd training datasets gradcheck compare plots classroom homework grader";

/** Files by their path in the bundle. */
export type Files = Map<string, Uint8Array>;

/**
 * The compiled rooms, without the other assignments' hidden checks and answers, and the packages that they
 * import, from this machine's `node_modules`.
 * @throws RangeError unless the installed packages run on Linux x64, as Gradescope does
 */
export async function bundleFiles(assignment: string): Promise<Files> {
  const files: Files = new Map();
  for (const room of rooms.split(" "))
    for (const path of filesBelow(join(repository, "dist", room))) {
      const name = relative(repository, path).split(sep).join("/");
      const other = /^dist\/grader\/(hw\d+)\//.exec(name)?.[1];
      const isRun = /\.(js|wasm|json)$/.test(name) && (other === undefined || other === assignment);
      if (isRun) files.set(name, readFileSync(path));
    }
  const roots = await importedPackages();
  for (const name of closure(roots)) addPackage(files, name);
  const native = [
    "node_modules/@esbuild/linux-x64/bin/esbuild",
    "node_modules/@oxc-parser/binding-linux-x64-gnu/package.json",
  ];
  const missing = native.filter((path) => !files.has(path));
  if (missing.length > 0)
    throw new RangeError(
      `Gradescope runs Linux x64, and ${missing.join(" and ")} are not installed here: make the bundle on Linux x64, or run npm install --os=linux --cpu=x64 --libc=glibc first`,
    );
  const { name, version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  files.set(
    "package.json",
    new TextEncoder().encode(`${JSON.stringify({ name, version, private: true, type: "module" })}\n`),
  );
  return files;
}

/** The packages that the programs of a grading run import. */
async function importedPackages(): Promise<ReadonlySet<string>> {
  const { build } = await import("esbuild");
  const dist = join(repository, "dist");
  const entries = [
    "grader/gradescope/autograde.js",
    "grader/grading/parser-child.js",
    "homework/protocol/child.js",
  ];
  const { metafile } = await build({
    entryPoints: entries.map((name) => join(dist, name)),
    ...{ bundle: true, packages: "external", write: false, metafile: true, logLevel: "silent" },
    ...{ format: "esm", platform: "node", target: "es2022", splitting: true, outdir: dist },
    external: ["../hw*", "chalk-and-tape/*"],
  });
  const names = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !/^(node:|\.|#|\/|chalk-and-tape)/.test(path))
    .map(({ path }) =>
      path
        .split("/")
        .slice(0, path.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return new Set([...names, "esbuild", "oxc-parser"].filter((name) => existsSync(folderOf(name))));
}

/** These packages and all that they need and that is installed. */
function closure(roots: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(roots);
  for (const name of found) {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(folderOf(name), "package.json"), "utf8"),
    ) as Record<string, Record<string, string> | undefined>;
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (existsSync(folderOf(other))) found.add(other);
  }
  return found;
}

const folderOf = (name: string): string => join(repository, "node_modules", name);

function addPackage(files: Files, name: string): void {
  for (const path of filesBelow(folderOf(name))) {
    const inside = relative(folderOf(name), path).split(sep).join("/");
    if (
      /\.(d\.[cm]?ts|map|md|markdown|txt|ts)$/i.test(inside) ||
      /^(test|tests|docs|examples)\//.test(inside)
    )
      continue;
    const place = `node_modules/${name}/${inside}`;
    if (!copies.has(place)) files.set(place, readFileSync(path));
  }
}

/** Programs that have a copy in a package that is kept. */
const copies = new Set(["node_modules/esbuild/bin/esbuild"]);

/** Plain files only: a link is not followed. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
