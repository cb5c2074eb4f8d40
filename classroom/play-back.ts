import { type TapeOptions, type TapeRow, type Tensor, tapeOf } from "../autograd/index.ts";
import { formatShape } from "../np/index.ts";
import { type Step, type Stepper, stepper } from "./stepper.ts";

/**
 * Plays the tape of a loss backwards, one step for each row, from the last to the first: the gradient
 * that arrives, the rules that the op applies to it, and where the results go. Calls `backward`, so
 * afterwards the tape is used up and the leaves have their gradients.
 * @throws as `tapeOf` and `backward`
 * @example
 * const w = autograd.tensor([1, 2], { requiresGrad: true });
 * (await playBack(w.mul(w).sum(), { names: { w } })).steps.length // 3
 */
export async function playBack(loss: Tensor, options: TapeOptions = {}): Promise<Stepper> {
  const rows = tapeOf(loss, options);
  const rules = rows.map(rulesOf);
  for (const { op, requiresGrad, tensor } of rows) if (requiresGrad && op !== "leaf") tensor?.retainGrad();
  loss.backward();
  const steps = rows
    .filter(({ requiresGrad }) => requiresGrad)
    .map((row) => stepOf(row, rows, rules[row.id] ?? []))
    .reverse();
  return stepper("The tape, played backwards", steps);
}

/** What each rule of the op computes, as its author wrote it; null for a constant. Backward forgets them. */
function rulesOf({ tensor }: TapeRow): readonly (string | null)[] {
  return (tensor?.node?.vjps ?? []).map((rule) => rule && String(rule).replace(/\s+/g, " "));
}

function stepOf(row: TapeRow, rows: readonly TapeRow[], rules: readonly (string | null)[]): Step {
  const { id, op, call, shape, tensor } = row;
  const values: Record<string, string> = { "gradient that arrives": `${tensor?.grad?.data}` };
  if (op === "leaf") {
    const readers = rows.filter(({ inputs }) => inputs.includes(id)).map((reader) => `#${reader.id}`);
    const sum = readers.length > 1 ? ", which were added" : "";
    return {
      title: `leaf ${nameOf(row)} ${formatShape(shape)}`,
      text: `from ${readers.join(" and ")}${sum}`,
      values,
    };
  }
  for (const [i, input] of row.inputs.entries()) {
    const target = rows[input];
    const rule = rules[i];
    if (!target?.requiresGrad || !rule) continue;
    const short = rule.length <= 100 ? rule : "several lines, see the op's file";
    values[`to #${input} ${nameOf(target)} (argument ${i})`] = short;
  }
  return { title: `${call} → ${formatShape(shape)}`, values };
}

function nameOf({ name, op }: TapeRow): string {
  return name ?? op;
}
