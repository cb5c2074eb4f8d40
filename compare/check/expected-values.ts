import type { ExpectedValues } from "../../gradcheck/index.ts";
import { randomUpstream, seed as seedOption } from "../../gradcheck/internal.ts";
import { type NDArray, Random, random } from "../../np/index.ts";
import { expectArgument, type OptionTable, settleOptions, text, withoutDefault } from "../../np/internal.ts";
import { caseTitle } from "../cases/case.ts";
import { drawInputs } from "../subjects/inputs.ts";
import { ownSides } from "../subjects/start.ts";
import { chooseRows, type RowChoice, rowChoice } from "./choose-rows.ts";

const table: OptionTable<{ readonly rows?: RowChoice; readonly seed?: number }> = {
  rows: withoutDefault(rowChoice),
  seed: seedOption,
};

/**
 * The right values for rows of a class, for `checkAgainst`: on one machine they are computed, on another a class
 * is checked against them. Rows in evaluation mode and rows that draw are left out, since they need more than numbers.
 * @throws RangeError for a name or a row that is not in the catalogue
 */
export function expectedValues(
  name: string,
  options: { readonly rows?: RowChoice; readonly seed?: number } = {},
): readonly ExpectedValues[] {
  expectArgument("expectedValues", "name", text, name);
  const contract = { name: "expectedValues", positional: {}, options: table };
  const { rows = "basic", seed } = settleOptions("expectedValues", contract, options);
  return chooseRows(name, rows).flatMap((row): ExpectedValues[] => {
    if (row.optimizer || !row.args || row.expects?.mask || row.expects?.noInputGradient) return [];
    const sides = ownSides(row, seed);
    const module = sides.newModule();
    if (!module.training) return [];
    const right = sides.right(module);
    const rng = random(seed);
    const [inputs, others] = [drawInputs(row.inputs, rng), drawInputs(row.inputs, rng)];
    const parameters = Object.fromEntries([...right.parameters].map(([key, value]) => [key, value.copy()]));
    const dy = randomUpstream(right.forward(...inputs.values()).shape, rng);
    const { y, gradients } = right.gradients(dy, ...inputs.values());
    const arrays = { parameters, inputs: [...inputs.values()], others: [...others.values()], dy, y };
    const args = row.args(random(seed));
    const rngAt = args.findIndex(hasGenerator);
    return [
      {
        title: caseTitle(row),
        args: args.map(withoutGenerator),
        rngAt: rngAt < 0 ? null : rngAt,
        ...arrays,
        gradients: own(gradients),
      },
    ];
  });
}

function own(arrays: ReadonlyMap<string, NDArray>): Record<string, NDArray> {
  return Object.fromEntries([...arrays].map(([name, value]) => [name, value.copy()]));
}

function hasGenerator(value: unknown): value is { readonly rng: Random } {
  return typeof value === "object" && value !== null && Reflect.get(value, "rng") instanceof Random;
}

/** An argument that can travel: an options object keeps everything but its generator. */
function withoutGenerator(value: unknown): unknown {
  if (!hasGenerator(value)) return value;
  const { rng: _, ...others } = value;
  return others;
}
