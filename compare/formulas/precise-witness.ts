import { preciseGradients } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import type { Case } from "../cases/case.ts";
import { noMathjs, preciseOfFormula } from "./formula-witness.ts";

/**
 * What the 64 digits say of the gradient of every input that has one and of every parameter of a row, by name: the gradient, or why they say nothing.
 * `precise` of the row's witnesses is evaluated where it has one, else its formula.
 */
export function preciseWitness(
  { inputs: { x2 }, witnesses = {} }: Pick<Case, "inputs" | "witnesses">,
  inputs: readonly [NDArray, ...NDArray[]],
  parameters: ReadonlyMap<string, NDArray>,
  dy: NDArray,
): Map<string, NDArray | string> {
  const xs = x2 ? ["x", "x2"] : ["x"];
  const names = [...xs, ...parameters.keys()];
  if (witnesses.precise) {
    const named = inputs.map((array, i) => [xs[i] ?? "target", array] as const);
    const arrays = new Map([...named, ...parameters]);
    const found = preciseGradients(witnesses.precise, arrays, names, dy);
    return found ?? new Map(names.map((name) => [name, noMathjs]));
  }
  const silent = "not written with 64 digits";
  return new Map(
    names.map((name) => [
      name,
      name === "x" && witnesses.formula ? preciseOfFormula(witnesses, inputs, dy) : silent,
    ]),
  );
}
