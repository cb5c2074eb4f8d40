/** What one submission's process may use. The wall clock is not here: `Conversation` has it. */
export interface Limits {
  /** Bytes of private memory, typed arrays and WebAssembly included. */
  readonly memory: number;
  /** Megabytes of JavaScript objects. */
  readonly heap: number;
  /** Seconds on a processor, over the whole conversation. */
  readonly cpu: number;
  /** Processes and threads. Node itself has 11. */
  readonly processes: number;
  /** Bytes in one file. */
  readonly file: number;
  /** Open files. */
  readonly files: number;
}

export const usualLimits: Limits = {
  memory: 1_000_000_000,
  heap: 512,
  cpu: 120,
  processes: 20,
  file: 1_000_000,
  files: 64,
};

/**
 * Arguments of `prlimit`. Memory is RLIMIT_DATA: RLIMIT_AS would also count the addresses that
 * WebAssembly reserves, and stop it.
 */
export function prlimitArguments({ memory, cpu, processes, file, files }: Limits): string[] {
  const both = (name: string, value: number): string => `--${name}=${value}:${value}`;
  return [
    both("data", memory),
    both("cpu", cpu),
    both("nproc", processes),
    both("fsize", file),
    both("nofile", files),
    both("core", 0),
  ];
}

/** All that a submission's process has in its environment. */
export const boxEnvironment: Readonly<Record<string, string>> = {
  CHALK_ENGINE: "js",
  CHALK_THREADS: "1",
  HOME: "/",
  TZ: "UTC",
};
