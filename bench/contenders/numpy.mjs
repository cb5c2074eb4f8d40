import { newest, noPython, pythonProgram } from "./python.mjs";

const found = newest("numpy");
const programs = ["step", "overhead", "gemm"];

/** NumPy, backward passes by hand. */
export const numpy = {
  name: "numpy",
  what: `NumPy ${found?.version} by hand, Python ${found?.python}`,
  absent: found ? null : noPython("numpy"),
  command({ kind, model }) {
    if (kind === "import") return { file: found?.path, args: ["-c", "import numpy"], env: {} };
    if (!programs.includes(kind)) return null;
    if (kind === "step" && model.name !== "mlp")
      return { cannot: "only multilayer perceptrons are written by hand in NumPy" };
    return { file: found?.path, args: [pythonProgram(`numpy_${kind}.py`)], settings: {}, env: {} };
  },
};
