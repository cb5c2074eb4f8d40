import type { Testimony } from "../../gradcheck/index.ts";
import type { NDArray } from "../../np/index.ts";
import type { Case } from "../cases.ts";
import { symbolicWitness } from "./formula-witness.ts";
import { preciseWitness } from "./precise-witness.ts";

/**
 * The witnesses that start from a formula on paper, by quantity: mathjs's symbolic derivative and the evaluation with 64 digits; where one
 * says nothing, its reason.
 */
export function paperWitnesses(
  row: Case,
  inputs: ReadonlyMap<string, NDArray>,
  parameters: ReadonlyMap<string, NDArray>,
  dy: NDArray,
): (quantity: string) => Pick<Testimony, "symbolic" | "precise"> {
  const given = [...inputs.values()] as [NDArray, ...NDArray[]];
  const precise = preciseWitness(row, given, parameters, dy);
  const symbolic = symbolicWitness(row, given, dy);
  return (quantity) => ({
    symbolic: quantity === "x" ? symbolic : "not a function of one number",
    precise: precise.get(quantity),
  });
}
