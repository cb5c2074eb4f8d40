import { newest, noPython, pythonProgram } from "./python.mjs";

const found = newest("numpy");
const kinds = ["step", "loading"];

/** NumPy, backward passes by hand. */
export const numpy = {
  name: "numpy",
  what: `NumPy ${found?.version} by hand, Python ${found?.python}`,
  absent: found ? null : noPython("numpy"),
  command(job) {
    if (!kinds.includes(job.kind)) return null;
    if (job.kind === "step" && job.model.name !== "mlp")
      return { cannot: "only multilayer perceptrons are written by hand in NumPy" };
    return { file: found.path, args: [pythonProgram(`numpy_${job.kind}.py`)] };
  },
};
