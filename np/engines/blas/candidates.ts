/** A BLAS that may be on this machine, and how its threads are set. */
export interface Candidate {
  readonly name: string;
  /** What the dynamic linker is asked for, in turn. */
  readonly files: readonly string[];
  /** `void f(int)`: how many threads it may use; none where the library decides by itself. */
  readonly setThreads?: string;
  /** `char *f(void)`: what it was built with; "USE64BITINT" in it means that its integers are not ours. */
  readonly config?: string;
  /** Whether it was run by us on such a machine. */
  readonly tried: boolean;
}

const openblas = {
  name: "OpenBLAS",
  setThreads: "openblas_set_num_threads",
  config: "openblas_get_config",
} as const;

/** By `process.platform`, the preferred first. All have CBLAS's interface with 32-bit integers. */
export const candidates: Readonly<Record<string, readonly Candidate[]>> = {
  linux: [
    { ...openblas, files: ["libopenblas.so.0", "libopenblas.so"], tried: true },
    {
      name: "Intel MKL",
      files: ["libmkl_rt.so.2", "libmkl_rt.so"],
      setThreads: "MKL_Set_Num_Threads",
      tried: false,
    },
    {
      name: "BLIS",
      files: ["libblis.so.4", "libblis.so.3", "libblis.so"],
      setThreads: "bli_thread_set_num_threads",
      tried: false,
    },
  ],
  darwin: [
    {
      name: "Apple Accelerate",
      files: ["/System/Library/Frameworks/Accelerate.framework/Accelerate"],
      tried: false,
    },
    {
      ...openblas,
      files: ["libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib"],
      tried: false,
    },
  ],
  win32: [{ ...openblas, files: ["libopenblas.dll", "openblas.dll"], tried: false }],
};
