/** Finds and starts headless Chromium. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { skipUnless } from "../skip.ts";

/** Where Debian, Ubuntu and Fedora put it; CHALK_CHROMIUM names another. */
export const chromium: string | undefined = [
  process.env.CHALK_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

// biome-ignore format: one flag a line
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--hide-scrollbars", "--allow-file-access-from-files", "--virtual-time-budget=30000", "--dump-dom",
];

/** The document that the first of these pages has become when its scripts have run. The pages lie in one folder. */
export async function documentOf(pages: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
  try {
    for (const [name, html] of Object.entries(pages)) await writeFile(join(folder, name), html);
    const [first = ""] = Object.keys(pages);
    const args = [...flags, `--user-data-dir=${join(folder, "profile")}`, `file://${join(folder, first)}`];
    const { stdout } = await promisify(execFile)(chromium ?? "chromium", args, { maxBuffer: 1e8 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Skips a suite where there is no browser. */
export function skipWithoutChromium(context: { skip(): void }): void {
  skipUnless(context, chromium !== undefined, "Chromium; install it, or name one with CHALK_CHROMIUM");
}
