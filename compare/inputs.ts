import { concatenate, type NDArray, type Random } from "../np/index.ts";
import type { Case } from "./cases.ts";

/** Inputs of a row by name: x, and what a loss compares with. */
export function draw(row: Case, rng: Random): Map<string, NDArray> {
  const x: [string, NDArray][] = [["x", row.x(rng)]];
  return new Map(row.target ? [...x, ["target", row.target(rng)]] : x);
}

/** So many draws as one batch, along the row's batch axis. */
export function drawMany(row: Case, rng: Random, count: number): Map<string, NDArray> {
  const all = Array.from({ length: count }, () => draw(row, rng));
  const names = [...(all[0] as Map<string, NDArray>).keys()];
  const joined = (name: string): NDArray =>
    concatenate(
      all.map((inputs) => inputs.get(name) as NDArray),
      row.batchAxis,
    );
  return new Map(names.map((name) => [name, joined(name)]));
}
