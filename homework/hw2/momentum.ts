import { againstExact, diagnoseStep, type SeenStep, type StepTrace } from "../../gradcheck/internal.ts";
import { SGD } from "../../manual/index.ts";
import { array, type NDArray, stack } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import { expectUntouched } from "./agreeing.ts";

/** Steps to take: two parameters by name, a row of gradients and a rate for each step. */
export interface Steps {
  readonly values: readonly NDArray[];
  /** For each parameter (steps, …its shape). */
  readonly gradients: readonly NDArray[];
  readonly rates: readonly number[];
  /** Without: the option is left out. */
  readonly momentum?: number;
}

/**
 * Every step of the student's SGD.
 * @throws Failure
 */
export async function examineOptimizer({ ask }: Examiner, steps: Steps): Promise<void> {
  const { values, gradients, rates, momentum } = steps;
  const sent: Record<string, NDArray> = { lr: array([...rates]) };
  if (momentum !== undefined) sent.momentum = array(momentum);
  for (const [i, value] of values.entries()) {
    sent[`p${i}`] = value;
    sent[`g${i}`] = gradients[i] as NDArray;
  }
  const found = await ask("sgd", sent);
  const right = pathsOf(steps);
  for (const [i, path] of right.entries()) {
    const theirs = found[`p${i}`];
    if (!theirs || theirs.shape.join() !== path.shape.join())
      throw new Failure("other shape", { where: `a step changes the shape of parameter ${i}` });
  }
  const isRight = right.every((path, i) => againstExact(found[`p${i}`] as NDArray, path, 1e-9).agrees);
  if (!isRight) {
    const theirs = right.map((_, i) => found[`p${i}`] as NDArray);
    const { cause, where, what, cure } = diagnoseStep(traceOf(steps, theirs), traceOf(steps, right));
    throw new Failure(cause, { where, what, cure });
  }
  for (const [i, g] of gradients.entries()) expectUntouched("a gradient", found[`g${i}`], g);
}

/** The right value of each parameter after each step: (steps, …its shape). */
function pathsOf({ values, gradients, rates, momentum = 0 }: Steps): NDArray[] {
  const parameters = values.map((value, i) => ({ name: `p${i}`, value: value.copy(), gradient: null }));
  const optimizer = new SGD(parameters, { lr: rates[0] ?? 0.1, momentum });
  const paths: NDArray[][] = values.map(() => []);
  for (const [t, lr] of rates.entries()) {
    for (const group of optimizer.groups) group.lr = lr;
    for (const [i, parameter] of parameters.entries())
      Object.assign(parameter, { gradient: (gradients[i] as NDArray).slice(t) });
    optimizer.step();
    for (const [i, { value }] of parameters.entries()) paths[i]?.push(value.copy());
  }
  return paths.map((path) => stack(path));
}

function traceOf({ values, gradients, rates, momentum = 0 }: Steps, paths: readonly NDArray[]): StepTrace {
  const entries = paths.map((path, i): [string, readonly SeenStep[]] => [
    `parameter ${i}`,
    rates.map((lr, t) => ({
      gradient: (gradients[i] as NDArray).slice(t),
      before: t === 0 ? (values[i] as NDArray) : path.slice(t - 1),
      after: path.slice(t),
      options: { lr, momentum, dampening: 0, weightDecay: 0, nesterov: false },
    })),
  ]);
  return new Map(entries);
}
