import { differentiable, ops } from "../../autograd/index.ts";
import { onceOnly } from "../../autograd/internal.ts";
import { type CheckReport, type CheckRow, gradcheck } from "../../gradcheck/index.ts";
import { report } from "../../gradcheck/internal.ts";
import type { OpName } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import { cases } from "../cases/table.ts";
import type { OpCase } from "../op-cases/op-case.ts";
import { opCases } from "../op-cases/table.ts";
import { gradgradcheck } from "../second-order/gradgradcheck.ts";
import { unlistedName } from "./unlisted-name.ts";

export interface CheckOpsOptions {
  /** Seeds inputs and upstream gradients; default 0. */
  readonly seed?: number;
  readonly onCase?: (title: string, rows: readonly CheckRow[], done: number, total: number) => void;
}

/** Checks one case at both orders: its gradients, and the derivatives of its gradients. */
export function checkOp(
  op: OpName,
  { what, f, inputs, zeroSecondDerivatives }: OpCase,
  seed: number = 0,
): CheckRow[] {
  const name = `${op}: ${what}`;
  const arrays = inputs.map((draw) => draw(seed));
  const names = arrays.map((_, i) => `input ${i}`);
  const declared =
    zeroSecondDerivatives === true ? names : (zeroSecondDerivatives ?? []).map((i) => `input ${i}`);
  const once = onceOnly({ [op]: ops[op] })[0]?.reason;
  const options = { seed, name, names, quiet: true };
  const first = gradcheck(differentiable(f), arrays, options).rows;
  const second = gradgradcheck(f, arrays, { ...options, once, zeroSecondDerivatives: declared }).rows;
  return [...first, ...second];
}

/**
 * Checks the derivatives of the primitives with these names (without names, of all) against
 * finite differences, at first and second order. @throws RangeError for an unknown name
 */
export async function checkOps(
  names: readonly string[] = [],
  { seed = 0, onCase }: CheckOpsOptions = {},
): Promise<CheckReport> {
  const known = Object.keys(opCases) as OpName[];
  for (const name of names) {
    if ((known as string[]).includes(name)) continue;
    if (cases.some((row) => row.name === name))
      throw new RangeError(`${name} is a class, not an op: check it without --ops`);
    throw unlistedName("op", name, known);
  }
  const chosen = known
    .filter((op) => names.length === 0 || names.includes(op))
    .flatMap((op) => opCases[op].map((row): [OpName, OpCase] => [op, row]));
  const rows: CheckRow[] = [];
  for (const [i, [op, row]] of chosen.entries()) {
    const found = checkOp(op, row, seed);
    for (const one of found) rows.push(one);
    onCase?.(`${op}: ${row.what}`, found, i + 1, chosen.length);
    await yieldToEventLoop();
  }
  return report(rows, seed, ["npx chalk-and-tape gradcheck --ops", ...names, `--seed ${seed}`].join(" "));
}
