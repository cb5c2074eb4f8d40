// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import type { OptimizerName } from "../cases/optimizer-pair.ts";

/** Builds the optimizer of one name for the parameters of either side. */
interface OptimizerPair {
  manual(parameters: readonly manual.Parameter[]): manual.Optimizer;
  autograd(parameters: readonly autograd.Tensor[]): autograd.Optimizer;
}

/** An optimizer that a job can use, on both sides, with its default learning rates. */
export interface JobOptimizer {
  readonly name: OptimizerName;
  /** For images. */
  readonly lr: number;
  /** For points in the plane, where there are few batches. */
  readonly lrInThePlane: number;
  build(lr: number): OptimizerPair;
}

function entry(name: OptimizerName, lr: number, lrInThePlane: number): [string, JobOptimizer] {
  const build = (rate: number): OptimizerPair => ({
    manual: (parameters) => new manual[name](parameters, { lr: rate }),
    autograd: (parameters) => new autograd[name](parameters, { lr: rate }),
  });
  return [name.toLowerCase(), { name, lr, lrInThePlane, build }];
}

/**
 * Every optimizer by its name on the command line, beginning with Adam. The rate for images is
 * PyTorch's default, unless that learns nothing in three epochs (SGD's 1e-3) or oscillates on
 * batches of 64 (1e-2 for RMSprop and Rprop).
 */
export const jobOptimizers: Readonly<Record<string, JobOptimizer>> = Object.fromEntries([
  entry("Adam", 1e-3, 1e-2),
  entry("AdamW", 1e-3, 1e-2),
  entry("NAdam", 2e-3, 1e-2),
  entry("RAdam", 1e-3, 1e-2),
  entry("Adamax", 2e-3, 2e-2),
  entry("RMSprop", 1e-3, 1e-2),
  entry("Adagrad", 1e-2, 1e-1),
  entry("Adadelta", 1, 1),
  entry("Rprop", 1e-3, 1e-3),
  entry("SGD", 1e-1, 5e-1),
]);
