import { concatenate, type NDArray, type Random } from "../np/index.ts";
import type { Case } from "./cases.ts";

/** Inputs of a row by name: x, and what a loss compares with. */
export function draw(row: Case, rng: Random): Map<string, NDArray> {
  const x: [string, NDArray][] = [["x", row.x(rng)]];
  return new Map(row.target ? [...x, ["target", row.target(rng)]] : x);
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
