import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const names = [
  "python3",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
  "/usr/bin/python3",
];
const asked = process.env.CHALK_BENCH_PYTHON;
// Only asks what is installed: loading PyTorch takes seconds.
const question = `
import json, sys
from importlib.metadata import PackageNotFoundError, version
def find(name):
    try: return version(name)
    except PackageNotFoundError: return None
print(json.dumps({"python": sys.version.split()[0], "path": sys.executable, "torch": find("torch"), "numpy": find("numpy")}))
`;

const pythons = (asked ? [asked] : names).flatMap((name) => {
  const { status, stdout } = spawnSync(name, ["-c", question], { encoding: "utf8" });
  return status === 0 ? [JSON.parse(stdout)] : [];
});
const { compare } = new Intl.Collator("en", { numeric: true });

/**
 * The newest version of a package that a Python of this machine has, `{ version, python, path }`, or null. CHALK_BENCH_PYTHON names the
 * only one to look at.
 */
export function newest(name) {
  const having = pythons.filter((python) => python[name] !== null);
  const found = having.toSorted((a, b) => compare(b[name], a[name]))[0];
  return found ? { version: found[name], python: found.python, path: found.path } : null;
}

/** What a contender says when no Python has its package. */
export const noPython = (name) =>
  `no Python with ${name}; looked at ${asked ?? names.join(", ")}; CHALK_BENCH_PYTHON names another`;

export const pythonProgram = (file) => fileURLToPath(new URL(`../programs/python/${file}`, import.meta.url));
