import { preciseGradients } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import type { Case } from "../cases/case.ts";
import { noMathjs, preciseOfFormula } from "./formula-witness.ts";

/**
 * The gradient with 64 digits of every parameter and every differentiable input of a row, by name,
 * or the reason why there is none. Evaluates the row's `precise` witness, or else its formula.
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
  const silent = "no formula with 64 digits";
  return new Map(
    names.map((name) => [
      name,
      name === "x" && witnesses.formula ? preciseOfFormula(witnesses, inputs, dy) : silent,
    ]),
  );
}
