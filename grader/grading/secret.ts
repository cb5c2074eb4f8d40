import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Where the course's secret is, if `--secret` does not say: beside the folder of results, never in it. */
export function secretFile(out: string, given?: string): string {
  return given ?? join(dirname(resolve(out)), "homework-secret");
}

/**
 * The course's secret: what a seed is made of beside the submission, so that nobody can compute the
 * hidden inputs from the source. The first call writes it, readable for its owner alone.
 * @throws RangeError for a file that does not hold a secret
 */
export function courseSecret(path: string): string {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, `${randomBytes(32).toString("hex")}\n`);
    fsyncSync(file);
    closeSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const secret = readFileSync(path, "utf8").trim();
  if (!/^[0-9a-f]{32,}$/.test(secret))
    throw new RangeError(
      `${path}: expected a secret of at least 32 hexadecimal digits, as the first run writes it`,
    );
  return secret;
}

/** What to say about a secret that other users of this computer can read; null if they cannot. */
export function warningAboutSecret(path: string): string | null {
  if (process.platform === "win32") return null; // modes say nothing there
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return null;
  return `${path} can be read by others (mode ${mode.toString(8)}); chmod 600 it, because who has it can compute the hidden inputs`;
}

export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** What every check of one submission draws from: the same submission and secret give the same numbers. */
export function seedOf(source: Uint8Array, secret: string, assignment: string): number {
  return sha256(source, secret, assignment).readUInt32LE(0);
}

/** Tells two secrets apart without telling them. */
export function secretMark(secret: string): string {
  return sha256("mark of a course secret:", secret).toString("hex").slice(0, 16);
}
