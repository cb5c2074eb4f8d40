import { newest, noPython, pythonProgram } from "./python.mjs";

const found = newest("torch");
const programs = ["step", "memory", "overhead", "gemm", "gradcheck", "loading"];

/** PyTorch on so many threads. */
export const pytorch = (threads) => ({
  name: `pytorch-${threads}`,
  what: `PyTorch ${found?.version}, Python ${found?.python}, ${threads} thread${threads > 1 ? "s" : ""}`,
  absent: found ? null : noPython("torch"),
  command({ kind }) {
    const env = { OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) };
    if (kind === "import") return { file: found?.path, args: ["-c", "import torch"], env };
    if (!programs.includes(kind)) return null;
    return { file: found?.path, args: [pythonProgram(`torch_${kind}.py`)], settings: { threads }, env };
  },
});
