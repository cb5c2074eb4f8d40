import { array, type NDArray, type Random } from "../../np/index.ts";

/** A small matrix of whole numbers that a person can add without paper. */
export function smallMatrix(random: Random, rows: number, columns: number): NDArray {
  const row = () => Array.from({ length: columns }, () => random.integer(-4, 9));
  return array(Array.from({ length: rows }, row));
}

/** `[[1, 2], [3, 4]]`, as one writes it in code. */
export function written(x: NDArray): string {
  return JSON.stringify(x.tolist()).replaceAll(",", ", ");
}

/** A number with at most four decimals. */
export function short(x: number): string {
  return String(Math.round(x * 1e4) / 1e4);
}

/** "(4, 3)", and "(3,)" for one axis. */
export function shapeText(...shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** The values in another order, by these random numbers. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const keyed = values.map((value): [number, T] => [random.uniform(), value]);
  return keyed.sort(([a], [b]) => a - b).map(([, value]) => value);
}
