import { workOf } from "../problems/work.mjs";
import { writeProblem } from "../problems/write-problem.mjs";

/** A training step: slice the batch, forward, loss, backward, SGD with lr 0.1, zeroGrad; float32. */
export const stepJob = (name, model, batch, rest = {}) => ({
  name,
  kind: "step",
  unit: "ms a step",
  model,
  batch,
  prepare: writeProblem,
  work: workOf,
  inTurns: true,
  tolerances: [1e-5, 1e-2],
  ...rest,
});
