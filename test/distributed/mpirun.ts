/** Runs a program under the launchers of Open MPI and MPICH, and leaves no process behind. */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface Launcher {
  readonly name: "Open MPI" | "MPICH";
  readonly command: string;
  /** What it needs as root, and with more ranks than cores. */
  readonly flags: readonly string[];
}

/** What one run left. */
export interface Run {
  /** The launcher's exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was stopped at the time limit. */
  readonly timedOut: boolean;
  readonly seconds: number;
  /** The command lines of processes that were still there two seconds after the launcher's end; they are killed. */
  readonly left: readonly string[];
}

export interface RunOptions {
  readonly args?: readonly string[];
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of Node, before the program's file. */
  readonly node?: readonly string[];
  /** Further options of the launcher, such as one environment a rank. */
  readonly flags?: readonly string[];
  /** In seconds; 60 unless given. */
  readonly limit?: number;
}

const kinds = [
  {
    name: "Open MPI",
    commands: ["mpirun.openmpi", "mpirun", "mpiexec"],
    says: /Open MPI|OpenRTE/,
    flags: ["--allow-run-as-root", "--oversubscribe", "--mca", "btl_vader_single_copy_mechanism", "none"],
  },
  { name: "MPICH", commands: ["mpirun.mpich", "mpirun", "mpiexec"], says: /HYDRA|MPICH/i, flags: [] },
] as const;

/** The launchers of this machine. */
export const launchers: readonly Launcher[] = kinds.flatMap(({ name, commands, says, flags }) => {
  const command = commands.find((one) => says.test(String(spawnSync(one, ["--version"]).stdout)));
  return command ? [{ name, command, flags }] : [];
});

/** The launcher of that name, or null; a test that needs it is pending without it. */
export function launcher(name: Launcher["name"]): Launcher | null {
  return launchers.find((one) => one.name === name) ?? null;
}

/**
 * `mpirun -n ranks node program`. The program is a file, or the URL of a compiled one:
 * `new URL("./programs/sums.js", import.meta.url)`.
 */
export async function mpirun(
  { command, flags }: Launcher,
  ranks: number,
  program: string | URL,
  options: RunOptions = {},
): Promise<Run> {
  const file = typeof program === "string" ? program : fileURLToPath(program);
  const mark = `CHALK_TEST_RUN=${randomUUID()}`;
  const [name = "", value] = mark.split("=");
  const own = { CHALK_MPI: undefined, CHALK_THREADS: undefined, OMP_NUM_THREADS: undefined };
  const started = performance.now();
  const child = spawn(
    command,
    [
      ...flags,
      ...(options.flags ?? []),
      "-n",
      String(ranks),
      process.execPath,
      ...(options.node ?? []),
      file,
      ...(options.args ?? []),
    ],
    { env: { ...process.env, ...own, ...options.env, [name]: value }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      child.kill("SIGKILL");
      kill(mark);
    },
    1000 * (options.limit ?? 60),
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("exit", resolve); // "close" would wait for the output of those left
  });
  clearTimeout(timer);
  const seconds = (performance.now() - started) / 1000;
  for (let i = 0; i < 20 && marked(mark).length > 0; i++) await after(100);
  const left = kill(mark);
  await after(20); // for the last of the output
  return { code, stdout, stderr, timedOut, seconds, left };
}

/** The processes that carry a mark in their environment, with their command lines; on Linux only. */
export function marked(mark: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(mark)) return [];
        return [
          { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") },
        ];
      } catch {
        return []; // another user's, or gone
      }
    });
}

function kill(mark: string): string[] {
  const found = marked(mark);
  for (const { pid } of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // gone
  }
  return found.map(({ command }) => command);
}
