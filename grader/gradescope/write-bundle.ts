import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { writeAtomically } from "../../training/internal.ts";
import { gradedAssignment } from "../graded.ts";
import { courseSecret } from "../grading/secret.ts";
import { bundleFiles } from "./bundle-files.ts";
import { runScript, setupScript } from "./scripts.ts";

export interface BundleOptions {
  /** The zip. */
  readonly out: string;
  /** The file with the course's secret; it is made if it is not there. */
  readonly secret: string;
  /** Folder of data sets that the checks need; none by default. */
  readonly data?: string;
  /** Seconds that all answers of one submission may take; 240 by default. */
  readonly seconds?: number;
}

/** The oldest time that a zip can hold: the same sources give the same bytes. */
const mtime = new Date(1980, 0, 1);
const unix = 3;

/**
 * Writes the zip that an instructor uploads to Gradescope. It holds the checks and the secret: do not
 * give it to students.
 * @returns how many bytes it has
 * @throws RangeError for an unknown assignment, or where the installed packages do not run at Gradescope
 */
export async function writeBundle(
  id: string,
  { out, secret, data, seconds = 240 }: BundleOptions,
): Promise<number> {
  const { assignment } = await gradedAssignment(id);
  mkdirSync(dirname(out), { recursive: true });
  const files = await bundleFiles(assignment.id);
  const encoder = new TextEncoder();
  files.set("setup.sh", encoder.encode(setupScript));
  files.set("run_autograder", encoder.encode(runScript));
  const settings = { assignment: id, seconds, secret: courseSecret(secret) };
  files.set("autograder.json", encoder.encode(`${JSON.stringify(settings)}\n`));
  if (data !== undefined)
    for (const name of readdirSync(data, { recursive: true, encoding: "utf8" }).sort())
      if (statSync(join(data, name)).isFile()) files.set(`data/${name}`, readFileSync(join(data, name)));
  const entries = [...files].map(([name, bytes]) => [
    name,
    [bytes, { mtime, os: unix, attrs: modeOf(name) << 16 }],
  ]);
  const zip = zipSync(Object.fromEntries(entries) as Zippable, { level: 1 });
  await writeAtomically(out, zip);
  return zip.length;
}

/** A plain file's mode; programs may be run. */
function modeOf(name: string): number {
  const runs = name === "setup.sh" || name === "run_autograder" || name.endsWith("/bin/esbuild");
  return 0o100000 | (runs ? 0o755 : 0o644);
}
