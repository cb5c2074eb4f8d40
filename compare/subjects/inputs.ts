import { concatenate, type NDArray, type Random } from "../../np/index.ts";
import type { Case } from "../cases/table.ts";

/** The inputs that have gradients, in the order of forward's arguments. */
export const inputNames: readonly string[] = ["x", "x2"];

/** How many of a row's inputs have gradients. */
export function differentiable({ x2 }: Pick<Case, "x2">): number {
  return x2 ? 2 : 1;
}

/** Inputs of a row by name, in the order of forward's arguments: x, a second one, and what a loss compares with. */
export function draw({ x, x2, target }: Case, rng: Random): Map<string, NDArray> {
  const inputs = new Map([["x", x(rng)]]);
  if (x2) inputs.set("x2", x2(rng));
  if (target) inputs.set("target", target(rng));
  return inputs;
}

/** Several draws as one batch, along the row's batch axis. */
export function joined(row: Case, draws: readonly ReadonlyMap<string, NDArray>[]): Map<string, NDArray> {
  const names = [...(draws[0] as ReadonlyMap<string, NDArray>).keys()];
  const one = (name: string): NDArray =>
    concatenate(
      draws.map((inputs) => inputs.get(name) as NDArray),
      row.batchAxis,
    );
  return new Map(names.map((name) => [name, one(name)]));
}

/** So many new draws as one batch. */
export function drawMany(row: Case, rng: Random, count: number): Map<string, NDArray> {
  return joined(
    row,
    Array.from({ length: count }, () => draw(row, rng)),
  );
}
