/** A BLAS that may be installed on this machine, and how to set its number of threads. */
export interface Candidate {
  readonly name: string;
  /** File names to ask the dynamic linker for, in this order. */
  readonly files: readonly string[];
  /** `void f(int)`: sets the number of threads; absent if the library decides by itself. */
  readonly setThreads?: string;
  /**
   * `char *f(void)`: the build options. "USE64BITINT" means 64-bit integers, which we do not use.
   */
  readonly config?: string;
  /** Whether we have run it on this platform. */
  readonly tried: boolean;
}

const openblas = {
  name: "OpenBLAS",
  setThreads: "openblas_set_num_threads",
  config: "openblas_get_config",
} as const;

/**
 * By `process.platform`, in order of preference. All have CBLAS's interface with 32-bit integers.
 */
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
