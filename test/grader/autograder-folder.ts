import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";

/** The names in a zip that may be run, by the modes in its directory. */
export function programsIn(zip: Uint8Array): string[] {
  const bytes = Buffer.from(zip);
  const names: string[] = [];
  for (let at = bytes.indexOf("PK\u0001\u0002"); at >= 0; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    if (mode & 0o100) names.push(bytes.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
    if (bytes.toString("latin1", at, at + 4) !== "PK\u0001\u0002") break;
  }
  return names;
}

/** Unpacks a bundle as `source`, with its modes, beside empty folders for submission and results. */
export function unpack(zip: Uint8Array, folder: string): void {
  for (const name of ["submission", "results", "source"]) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const path = join(folder, "source", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  for (const name of programsIn(zip)) chmodSync(join(folder, "source", name), 0o755);
  writeFileSync(join(folder, "submission_metadata.json"), "{}");
}

/**
 * Runs a bundle as Gradescope does, as root in `/autograder`, without network, with 768 MB for each
 * process, and without a trace of this repository. `hidden` are programs that this machine must not have.
 */
export function runAutograder(
  folder: string,
  hidden: readonly string[] = [],
): { stdout: string; seconds: number } {
  const node = realpathSync(process.execPath);
  const system = ["/usr", "/bin", "/lib", "/lib64", "/sbin", "/etc"].filter((path) => existsSync(path));
  const own = ["source", "submission", "results", "submission_metadata.json"];
  const start = performance.now();
  const { stdout, stderr, error } = spawnSync(
    "bwrap",
    [
      ...["--unshare-net", "--unshare-pid", "--die-with-parent", "--cap-add", "ALL"],
      ...system.flatMap((path) => ["--ro-bind", path, path]),
      ...["--dev", "/dev", "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp", "--tmpfs", "/autograder"],
      ...(node.startsWith("/usr/") ? [] : ["--ro-bind", node, "/opt/node/node"]),
      ...own.flatMap((name) => ["--bind", join(folder, name), `/autograder/${name}`]),
      ...hidden.flatMap((path) => ["--ro-bind", "/dev/null", path]),
      ...[
        "--chdir",
        "/autograder",
        "--clearenv",
        "--setenv",
        "PATH",
        `/opt/node:${dirname(node)}:/usr/bin:/bin`,
      ],
      ...["--", "prlimit", "--data=768000000", "/autograder/source/run_autograder"],
    ],
    { encoding: "utf8" },
  );
  if (error) throw error;
  return { stdout: stdout + stderr, seconds: (performance.now() - start) / 1000 };
}

/** `results.json` of the last run. */
export function resultsIn(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, "results/results.json"), "utf8"));
}
