import { spawnSync } from "node:child_process";
import { skipUnless } from "../skip.ts";

/** The Python of these tests: CHALK_PYTHON, or the one on the path. */
export const python: string = process.env.CHALK_PYTHON ?? "python3";

const importable = new Map<string, boolean>();

/** Whether Python can import all of these modules. */
export function canImport(...modules: readonly string[]): boolean {
  const line = `import ${modules.join(", ")}`;
  const known = importable.get(line);
  if (known !== undefined) return known;
  const found = spawnSync(python, ["-c", line], { timeout: 60_000 }).status === 0;
  importable.set(line, found);
  return found;
}

/** Skips a suite or a test unless Python has these modules, and prints why. */
export function needsPython(context: { skip(): void }, ...modules: readonly string[]): void {
  skipUnless(
    context,
    canImport(...modules),
    `${python} with ${modules.join(", ")}; CHALK_PYTHON names another Python`,
  );
}

/** Runs a program and returns what it printed. @throws Error with what Python wrote, if it fails */
export function runPython(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(python, ["-c", program, ...args], {
    encoding: "utf8",
    timeout: 120_000,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  throw new Error(`${python} ended with ${status}: ${error?.message ?? stderr}`);
}
