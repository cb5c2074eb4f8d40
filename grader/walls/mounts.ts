import { realpathSync } from "node:fs";
import { join } from "node:path";
import { childOf, mountPoint } from "../box/box.ts";
import { boxEnvironment, type Limits, prlimitArguments, usualLimits } from "./limits.ts";
import { nodeFlags } from "./node-flags.ts";
import { librariesOf, programNamed } from "./programs.ts";
import type { CommandOptions } from "./wall.ts";

/** A file or folder of this machine, and where a submission sees it, read only. */
export interface Mount {
  readonly from: string;
  readonly to: string;
}

const util = "install util-linux";
let shared: readonly Mount[] | null = null;

/** Node, `prlimit`, and the libraries of both: all that a submission sees of the system. */
export function systemMounts(): readonly Mount[] {
  if (shared) return shared;
  const programs = [
    { from: realpathSync(process.execPath), to: "/bin/node" },
    { from: programNamed("prlimit", util), to: "/bin/prlimit" },
  ];
  const libraries = new Set(programs.flatMap(({ from }) => librariesOf(from)));
  shared = [...programs, ...[...libraries].map((path) => ({ from: realpathSync(path), to: path }))];
  return shared;
}

/** The box, and one submission in it. */
export function boxMounts(boxFolder: string, submissionFolder: string): readonly Mount[] {
  return [
    { from: join(boxFolder, "package.json"), to: "/box/package.json" },
    { from: join(boxFolder, "node_modules"), to: "/box/node_modules" },
    { from: join(boxFolder, "program"), to: "/box/program" },
    { from: submissionFolder, to: `/box/${mountPoint}` },
  ];
}

/** What runs inside a wall that has these mounts: limits first, then Node. */
export function walledProgram(
  assignment: string,
  { limits, permission = true }: CommandOptions = {},
): string[] {
  const all: Limits = { ...usualLimits, ...limits };
  return [
    "/bin/prlimit",
    ...prlimitArguments(all),
    "/bin/node",
    ...nodeFlags(all, permission ? ["/box"] : null),
    childOf("/box", assignment),
    assignment,
    `/box/${mountPoint}/${assignment}.mjs`,
  ];
}

/** The same without mounts: everything is where the host has it. */
export function plainProgram(
  boxFolder: string,
  submissionFolder: string,
  assignment: string,
  { limits, permission = true }: CommandOptions = {},
): string[] {
  const all: Limits = { ...usualLimits, ...limits };
  const readable = ["package.json", "node_modules", "program"].map((name) => join(boxFolder, name));
  return [
    process.execPath,
    ...nodeFlags(all, permission ? [...readable, submissionFolder] : null),
    childOf(boxFolder, assignment),
    assignment,
    join(submissionFolder, `${assignment}.mjs`),
  ];
}

/** The environment as arguments of `env` and of bubblewrap's `--setenv`. */
export const environmentEntries: readonly (readonly [string, string])[] = Object.entries(boxEnvironment);
