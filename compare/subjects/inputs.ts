import { concatenate, type NDArray, type Random, stack } from "../../np/index.ts";

/** How to draw the inputs of a row for both sides. */
export interface CaseInputs {
  /** The input whose gradient is checked, usually away from kinks. */
  readonly x: (rng: Random) => NDArray;
  /** A second input whose gradient is checked as well; chalk's backward then returns both, [dx, dx2]. */
  readonly x2?: (rng: Random) => NDArray;
  /** A loss's target, a constant. */
  readonly target?: (rng: Random) => NDArray;
  /** The batch axis of x; default 0. Null if x is one sample, without such an axis. */
  readonly batchAxis?: number | null;
  /** Whether every draw has elements on a kink, where dx jumps, that no `maximum` or `abs` on the tape reveals. */
  readonly onKink?: true;
}

/** The names of inputs that have gradients, in the order of forward's arguments. */
export const inputNames: readonly string[] = ["x", "x2"];

/** The number of a row's inputs that have gradients. */
export function differentiableCount({ x2 }: CaseInputs): number {
  return x2 ? 2 : 1;
}

/** Draws the inputs by name, in the order of forward's arguments: x, x2 and target. */
export function drawInputs({ x, x2, target }: CaseInputs, rng: Random): Map<string, NDArray> {
  const inputs = new Map([["x", x(rng)]]);
  if (x2) inputs.set("x2", x2(rng));
  if (target) inputs.set("target", target(rng));
  return inputs;
}

/** Joins several draws into one batch, along the row's batch axis; samples are stacked. */
export function joinDraws(
  { batchAxis }: CaseInputs,
  draws: readonly ReadonlyMap<string, NDArray>[],
): Map<string, NDArray> {
  const names = [...(draws[0]?.keys() ?? [])];
  const joined = (name: string): NDArray => {
    const drawn = draws.flatMap((inputs) => inputs.get(name) ?? []);
    return batchAxis === null ? stack(drawn) : concatenate(drawn, batchAxis);
  };
  return new Map(names.map((name) => [name, joined(name)]));
}

/** `count` new draws, joined into one batch. */
export function drawBatch(inputs: CaseInputs, rng: Random, count: number): Map<string, NDArray> {
  return joinDraws(
    inputs,
    Array.from({ length: count }, () => drawInputs(inputs, rng)),
  );
}
