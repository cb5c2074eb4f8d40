import { noGrad, Tensor, type TensorFunction } from "../../autograd/index.ts";
import { differentiableTwice } from "../../autograd/internal.ts";
import {
  type CheckReport,
  type CheckRow,
  formatReport,
  type GradcheckOptions,
  gradcheck,
} from "../../gradcheck/index.ts";
import { gradcheckOptions, propertyRow, report } from "../../gradcheck/internal.ts";
import { type NDArray, random } from "../../np/index.ts";
import {
  describe,
  expectArgument,
  functionOf,
  listWith,
  ndarray,
  type OptionTable,
  optional,
  settleOptions,
  text,
  withoutDefault,
} from "../../np/internal.ts";
import { declaredZero } from "../check/declared-zero.ts";

const notZero =
  "declared to have the second derivative 0, but it is not 0: remove it from `zeroSecondDerivatives`";

/** Says what to do about a second derivative that is 0 without a declaration. */
export function undeclaredZero(name: string): string {
  return `the second derivative by ${name} is 0 everywhere, so any rule would pass. If no gradient depends on ${name}, declare it: zeroSecondDerivatives: ["${name}"]; otherwise choose other inputs`;
}

export interface GradgradcheckOptions extends GradcheckOptions {
  /** Names of inputs on which no gradient depends; the check requires their second derivatives to be 0. Default none. */
  readonly zeroSecondDerivatives?: readonly string[];
  /** Why f cannot be differentiated twice; the check then requires a TypeError with this reason. Default: f can. */
  readonly once?: string;
}

const tensorFunction = functionOf<TensorFunction>("a function of tensors: (x) => x.mul(x)");
const arrays = listWith("a list of arrays: [x, …]", ndarray);

const gradgradcheckOptions: OptionTable<GradgradcheckOptions> = {
  ...gradcheckOptions,
  zeroSecondDerivatives: optional(listWith("a list of names", text), []),
  once: withoutDefault(text),
};

/**
 * Checks the second derivatives of a tensor function: differentiates the gradients dx for a random
 * dy with respect to every input and to dy, by the tape and by finite differences. Prints the report
 * and returns it.
 * @throws TypeError for inputs that are not float64; RangeError for a name in `zeroSecondDerivatives` that is not an input
 * @see PyTorch's `torch.autograd.gradgradcheck`
 */
export function gradgradcheck(
  f: TensorFunction,
  inputs: readonly NDArray[],
  options: GradgradcheckOptions = {},
): CheckReport {
  expectArgument("gradgradcheck", "f", tensorFunction, f);
  expectArgument("gradgradcheck", "inputs", arrays, inputs);
  const settled = settleOptions(
    "gradgradcheck",
    { name: "gradgradcheck", positional: {}, options: gradgradcheckOptions },
    options,
  );
  const { seed, zeroSecondDerivatives, once, quiet, ...own } = settled;
  const names = [...inputs.map((_, i) => options.names?.[i] ?? `input ${i}`), "dy"];
  const name = `${options.name ?? (f.name || "function")}, second derivatives`;
  for (const zero of zeroSecondDerivatives) {
    if (names.includes(zero)) continue;
    throw new RangeError(
      `gradgradcheck: zeroSecondDerivatives names "${zero}", but the inputs are ${names.join(", ")}`,
    );
  }
  const y = noGrad(() => f(...inputs.map((x) => new Tensor(x))));
  if (!(y instanceof Tensor))
    throw new TypeError(`gradgradcheck: f returned ${describe(y)}, expected a tensor`);
  const all = [...inputs, random(seed).foldIn(0).normal(0, 1, y.shape)];
  const pair = differentiableTwice(f);
  const rows =
    once === undefined
      ? gradcheck(pair, all, { ...own, seed, name, names, quiet: true }).rows
      : [refusal(name, once, () => pair.backward(pair.forward(...all), ...all))];
  const judged = rows.map((row) => {
    if (zeroSecondDerivatives.includes(row.quantity)) return declaredZero(row, notZero);
    return row.verdict === "vacuous" ? { ...row, diagnosis: undeclaredZero(row.quantity) } : row;
  });
  const found = report(judged, seed, `gradgradcheck(…, { seed: ${seed} })`);
  if (!quiet) console.log(formatReport(found));
  return found;
}

/** The row that checks whether `differentiate` throws a TypeError with the reason. */
function refusal(title: string, reason: string, differentiate: () => unknown): CheckRow {
  let said = "nothing was thrown";
  try {
    differentiate();
  } catch (error) {
    said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const agrees = said.startsWith("TypeError: ") && said.includes(reason);
  const found = { maxAbsolute: 0, maxRelative: 0, worst: 0, agrees };
  const diagnosis = `expected a TypeError with this reason; ${said}`;
  return propertyRow(title, `none: ${reason}`, found, [], diagnosis);
}
