import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** How each package manager installs a package. */
const managers = {
  "apt-get": (name: string) => `${asRoot()}apt-get install ${name}`,
  dnf: (name: string) => `${asRoot()}dnf install ${name}`,
  pacman: (name: string) => `${asRoot()}pacman -S ${name}`,
  brew: (name: string) => `brew install ${name}`,
  conda: (name: string) => `conda install -c conda-forge ${name}`,
  py: (name: string) => `py -m pip install --user ${name}`,
  python3: (name: string) => `python3 -m pip install --user ${name}`,
  winget: (name: string) => `winget install ${name}`,
} as const;

function asRoot(): string {
  return process.getuid?.() === 0 ? "" : "sudo ";
}

/** Whether this user may run a manager: those of the system want root, and so sudo. */
function mayRun(name: keyof typeof managers): boolean {
  const isSystems = name === "apt-get" || name === "dnf" || name === "pacman";
  return isOnPath(name) && (!isSystems || asRoot() === "" || isOnPath("sudo"));
}

/**
 * The command that installs something here; null if no manager has it that this user may run.
 * @param packages its name for each package manager that has it, the preferred manager first
 */
export function installLine(packages: Partial<Record<keyof typeof managers, string>>): string | null {
  for (const name of Object.keys(packages) as (keyof typeof managers)[]) {
    const wanted = packages[name];
    if (wanted !== undefined && mayRun(name)) return managers[name](wanted);
  }
  return null;
}

/** Whether a program of this name is on the PATH. */
export function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const endings = process.platform === "win32" ? (process.env.PATHEXT ?? ".EXE").split(";") : [""];
  return folders.some((folder) => endings.some((ending) => isExecutable(join(folder, program + ending))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
