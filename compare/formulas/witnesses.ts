import type { Testimony } from "../../gradcheck/internal.ts";
import { type NDArray, sameShape } from "../../np/index.ts";
import { type Case, caseTitle } from "../cases/case.ts";
import { symbolicWitness } from "./formula-witness.ts";
import { preciseWitness } from "./precise-witness.ts";

/** The witnesses' answers for one row. */
interface Said {
  readonly row: Case;
  readonly numbers: readonly NDArray[];
  readonly symbolic: NDArray | string;
  readonly precise: ReadonlyMap<string, NDArray | string>;
}

/** The last answers for every row: 64 digits are slow, and someone who fixes a backward asks for the same numbers again. */
const last = new Map<string, Said>();

/**
 * The gradients derived from a row's formula, by quantity: mathjs's symbolic derivative and the
 * evaluation with 64 digits, or the reason why there is none.
 */
export function formulaWitnesses(
  row: Case,
  inputs: ReadonlyMap<string, NDArray>,
  parameters: ReadonlyMap<string, NDArray>,
  dy: NDArray,
): (quantity: string) => Pick<Testimony, "symbolic" | "precise"> {
  const given = [...inputs.values()] as [NDArray, ...NDArray[]];
  const numbers = [...given, ...parameters.values(), dy];
  const [key, asks] = [caseTitle(row), Boolean(row.witnesses?.formula ?? row.witnesses?.precise)];
  const before = asks ? last.get(key) : undefined;
  const said = before && isSame(before, row, numbers) ? before : ask();
  function ask(): Said {
    const precise = preciseWitness(row, given, parameters, dy);
    const kept = asks ? numbers.map((x) => x.copy()) : [];
    const found = { row, numbers: kept, symbolic: symbolicWitness(row.witnesses ?? {}, given, dy), precise };
    if (asks) last.set(key, found);
    return found;
  }
  return (quantity) => ({
    symbolic: quantity === "x" ? said.symbolic : "not a function of one number",
    precise: said.precise.get(quantity),
  });
}

/** Whether the formula is the same and the numbers are equal to the last bit. */
function isSame(before: Said, { inputs, witnesses }: Case, numbers: readonly NDArray[]): boolean {
  const { inputs: inputsBefore, witnesses: witnessesBefore } = before.row;
  if (witnessesBefore?.formula !== witnesses?.formula || witnessesBefore?.precise !== witnesses?.precise)
    return false;
  if (inputsBefore.x2 !== inputs.x2) return false;
  return before.numbers.length === numbers.length && before.numbers.every((x, i) => equal(x, numbers[i]));
}

function equal(a: NDArray, b: NDArray | undefined): boolean {
  if (!b || !sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.flat(), b.flat()];
  return x.every((value, i) => Object.is(value, y[i]));
}
