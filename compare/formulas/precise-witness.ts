import { type PreciseFunction, preciseGradients } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { type Formula, noMathjs, preciseOfFormula } from "./formula-witness.ts";

/** What of a row of the table the 64 digits need. */
interface PreciseRow {
  readonly formula?: Formula;
  readonly precise?: PreciseFunction;
  readonly x2?: unknown;
}

/**
 * What the 64 digits say of the gradient of every input that has one and of every parameter of a row, by name: the gradient, or why they say nothing.
 * `precise` of the row is evaluated where it has one, else its formula.
 */
export function preciseWitness(
  row: PreciseRow,
  inputs: readonly [NDArray, ...NDArray[]],
  parameters: ReadonlyMap<string, NDArray>,
  dy: NDArray,
): Map<string, NDArray | string> {
  const xs = row.x2 ? ["x", "x2"] : ["x"];
  const names = [...xs, ...parameters.keys()];
  if (row.precise) {
    const named = inputs.map((array, i) => [xs[i] ?? "target", array] as const);
    const arrays = new Map([...named, ...parameters]);
    const found = preciseGradients(row.precise, arrays, names, dy);
    return found ?? new Map(names.map((name) => [name, noMathjs]));
  }
  const silent = "not written with 64 digits";
  return new Map(
    names.map((name) => [name, name === "x" && row.formula ? preciseOfFormula(row, inputs, dy) : silent]),
  );
}
