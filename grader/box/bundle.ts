import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Metafile, Plugin } from "esbuild";
import { withoutAnswers } from "./without-answers.ts";

/** The compiled package, `dist`. */
const root: string = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Rooms that hold answers. None of their files may be in a box. */
const rooms: ReadonlySet<string> = new Set(["manual", "autograd", "gradcheck", "compare"]);

/** Writes np in one file, without the answers. */
export async function bundleNp(outfile: string): Promise<void> {
  await bundle(`${root}/np/index.js`, outfile, [withoutAnswers]);
}

/** Writes the program that talks with the grader. It shares np, and so the class NDArray, with the submission. */
export async function bundleChild(outfile: string): Promise<void> {
  await bundle(`${root}/homework/protocol/child.js`, outfile, [sharedNp]);
}

/** Writes an assignment's calls, from its compiled `calls.js`. */
export async function bundleCalls(calls: string, outfile: string): Promise<void> {
  await bundle(calls, outfile, [sharedNp]);
}

/** The compiled `calls.js` of one of the course's own assignments. */
export function callsOf(assignment: string): string {
  return `${root}/homework/${assignment}/calls.js`;
}

async function bundle(entry: string, outfile: string, plugins: Plugin[]): Promise<void> {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    plugins,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    external: ["koffi"],
    metafile: true,
    logLevel: "silent",
  });
  refuseAnswers(metafile, entry);
}

/** Leaves np outside: every program of the box imports the box's one file. */
const sharedNp: Plugin = {
  name: "shared-np",
  setup(build) {
    build.onResolve({ filter: /(^|\/)np\/(index|internal)\.js$|^chalk-and-tape/ }, ({ path, importer }) => {
      if (path.endsWith("np/index.js") || path === "chalk-and-tape/np")
        return { path: "chalk-and-tape/np", external: true };
      return { errors: [{ text: `${importer}: ${path} is not in the box; import np/index.ts only` }] };
    });
  },
};

/** @throws Error that names a file of a room with answers */
function refuseAnswers({ inputs }: Metafile, entry: string): void {
  for (const input of Object.keys(inputs)) {
    const [room = "", part = ""] = relative(root, resolve(input)).split(sep);
    if (rooms.has(room) || (room === "grader" && part !== "walls"))
      throw new Error(`${entry} would bring ${input} into the box, which holds answers`);
  }
}
