import { newest, noPython, pythonProgram } from "./python.mjs";

const found = newest("torch");
const kinds = ["step", "overhead", "startup", "memory", "gradcheck"];

/** PyTorch on so many threads. */
export const pytorch = (threads) => ({
  name: `pytorch-${threads}`,
  what: `PyTorch ${found?.version}, Python ${found?.python}, ${threads} thread${threads > 1 ? "s" : ""}`,
  absent: found ? null : noPython("torch"),
  command: (job) =>
    kinds.includes(job.kind)
      ? {
          file: found.path,
          args: [pythonProgram(`torch_${job.kind}.py`)],
          settings: job.kind === "startup" ? null : { threads },
          env: { OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) },
        }
      : null,
});
