import { concatenate, type NDArray, type Random } from "../../np/index.ts";

/** What a row of the case table feeds both sides, drawn anew for each seed. */
export interface CaseInputs {
  /** The input whose gradient is checked, kept off kinks. */
  readonly x: (rng: Random) => NDArray;
  /** A second input whose gradient is checked as well; chalk's backward then returns both, [dx, dx2]. */
  readonly x2?: (rng: Random) => NDArray;
  /** What a loss compares with; constant. */
  readonly target?: (rng: Random) => NDArray;
  /** Which axis of x counts samples; default 0. */
  readonly batchAxis?: number;
  /** Whether some of x lies where dx jumps, wherever it is drawn: on a kink that no `maximum` or `abs` shows. */
  readonly onKink?: true;
}

/** The inputs that have gradients, in the order of forward's arguments. */
export const inputNames: readonly string[] = ["x", "x2"];

/** How many of a row's inputs have gradients. */
export function differentiableCount({ x2 }: CaseInputs): number {
  return x2 ? 2 : 1;
}

/** Inputs by name, in the order of forward's arguments: x, a second one, and what a loss compares with. */
export function drawInputs({ x, x2, target }: CaseInputs, rng: Random): Map<string, NDArray> {
  const inputs = new Map([["x", x(rng)]]);
  if (x2) inputs.set("x2", x2(rng));
  if (target) inputs.set("target", target(rng));
  return inputs;
}

/** Several draws as one batch, along the row's batch axis. */
export function joinDraws(
  { batchAxis }: CaseInputs,
  draws: readonly ReadonlyMap<string, NDArray>[],
): Map<string, NDArray> {
  const names = [...(draws[0]?.keys() ?? [])];
  const joined = (name: string): NDArray =>
    concatenate(
      draws.flatMap((inputs) => inputs.get(name) ?? []),
      batchAxis,
    );
  return new Map(names.map((name) => [name, joined(name)]));
}

/** As many new draws as `count`, as one batch. */
export function drawBatch(inputs: CaseInputs, rng: Random, count: number): Map<string, NDArray> {
  return joinDraws(
    inputs,
    Array.from({ length: count }, () => drawInputs(inputs, rng)),
  );
}
