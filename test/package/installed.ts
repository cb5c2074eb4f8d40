/** The package as a user gets it: packed by npm and installed into an empty folder. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Installed {
  /** The folder whose node_modules has the package. */
  readonly folder: string;
  readonly tarball: string;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Packs what is built and installs it; the dependencies come from npm's cache where they are in it. */
export async function packAndInstall(): Promise<Installed> {
  const top = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
  const folder = join(top, "empty");
  await mkdir(folder);
  await expectSuccess(root, "npm", "pack", "--ignore-scripts", "--pack-destination", top);
  const [name] = (await readdir(top)).filter((file) => file.endsWith(".tgz"));
  const tarball = join(top, name ?? "(npm pack made no .tgz)");
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await expectSuccess(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", tarball);
  return { folder, tarball };
}

async function expectSuccess(folder: string, command: string, ...args: string[]): Promise<void> {
  const { status, stderr } = await run(folder, command, ...args);
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${stderr}`);
}

/** Runs a command to its end, with nothing on its standard input. */
export function run(folder: string, command: string, ...args: string[]): Promise<Ran> {
  return runWith({}, folder, command, ...args);
}

/** The same with more in its environment. */
export function runWith(
  env: Readonly<Record<string, string>>,
  folder: string,
  command: string,
  ...args: string[]
): Promise<Ran> {
  const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 };
  return new Promise((done) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      done({ status: error ? (typeof error.code === "number" ? error.code : 1) : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}
