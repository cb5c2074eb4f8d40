import { spawnSync } from "node:child_process";
import { skipUnless } from "../skip.ts";

/** The Python of these tests: CHALK_PYTHON, or the one on the path. */
export const python: string = process.env.CHALK_PYTHON ?? "python3";

const found = new Map<string, boolean>();

/** Whether Python has all of these modules. */
export function hasModules(...modules: readonly string[]): boolean {
  const wanted = modules.join(" ");
  const known = found.get(wanted);
  if (known !== undefined) return known;
  const { status } = spawnSync(python, ["-c", search, ...modules], { timeout: 60_000 });
  found.set(wanted, status === 0);
  return status === 0;
}

/** Looks for modules without loading them, which would take seconds. */
const search = `
import importlib.util, sys
sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))`;

/** Skips a suite or a test unless Python has these modules, and prints why. */
export function needsPython(context: { skip(): void }, ...modules: readonly string[]): void {
  skipUnless(
    context,
    hasModules(...modules),
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
