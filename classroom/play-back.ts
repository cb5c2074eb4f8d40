import { type TapeOptions, type TapeRow, Tensor, tapeOf } from "../autograd/index.ts";
import { stepBack } from "../autograd/internal.ts";
import { formatShape, NDArray } from "../np/index.ts";
import { type Step, type Stepper, stepper } from "./stepper.ts";

/**
 * Plays the tape of a loss backwards, one step for each row, from the last to the first: the gradient
 * that arrives, what the op's rules make of it, and where that goes. Calls `backward`, so the leaves
 * have their gradients afterwards; the tape is kept.
 * @throws as `tapeOf` and `backward`
 * @example
 * const w = autograd.tensor([1, 2], { requiresGrad: true });
 * (await playBack(w.mul(w).sum(), { names: { w } })).steps.length // 3
 */
export async function playBack(loss: Tensor, options: TapeOptions = {}): Promise<Stepper> {
  const rows = tapeOf(loss, options);
  for (const { op, requiresGrad, tensor } of rows) if (requiresGrad && op !== "leaf") tensor?.retainGrad();
  loss.backward(undefined, { retainGraph: true });
  const steps = rows.filter(({ requiresGrad }) => requiresGrad).map((row) => stepOf(row, rows));
  return stepper("The tape, played backwards", steps.reverse());
}

function stepOf(row: TapeRow, rows: readonly TapeRow[]): Step {
  const { id, call, shape, tensor } = row;
  const dy = tensor?.grad?.data;
  const sent = rows.flatMap((reader) => (reader.inputs.includes(id) ? sentBy(reader) : []));
  const mine = sent.filter(({ to }) => to === tensor);
  const arrives =
    mine.length > 1 ? `${mine.map(({ dx }) => plain(dx)).join(" + ")} = ${plain(dy)}` : plain(dy);
  const values: Record<string, string> = { "gradient that arrives": arrives };
  for (const [i, { to, dx, rule }] of sentBy(row).entries()) {
    const target = rows.find((one) => one.tensor === to);
    values[`${i + 1}. to #${target?.id} ${target?.name ?? target?.op}`] = plain(dx);
    values[`${i + 1}. rule`] = rule;
  }
  return { title: `#${id} ${call} ${formatShape(shape)}`, values };
}

interface Sent {
  readonly to: Tensor;
  readonly dx: NDArray;
  /** The rule that computed dx, as its author wrote it. */
  readonly rule: string;
}

/** The gradients that one row sends to what it read. */
function sentBy({ tensor }: TapeRow): Sent[] {
  const dy = tensor?.grad?.data;
  if (!tensor?.node || !dy) return [];
  const { node } = tensor;
  const wants = (x: Tensor): boolean => x.requiresGrad;
  // One rule for each argument; a list of tensors, as in concatenate, has one for all.
  const rules = (node.args ?? []).flatMap((arg, i) =>
    [arg].flat().flatMap((x) => (x instanceof Tensor && wants(x) ? [String(node.vjps[i])] : [])),
  );
  const constant = (): never => {
    throw new TypeError("playBack: the rules run on arrays");
  };
  const found = stepBack(node, tensor, dy, { createGraph: false, wants, constant });
  return found.flatMap(([to, dx], i): Sent[] =>
    dx instanceof NDArray ? [{ to, dx, rule: short(rules[i] ?? "") }] : [],
  );
}

/** A rule on one line; one of many lines is not shown. */
function short(rule: string): string {
  const line = rule.replace(/\s+/g, " ");
  return line.length <= 100 ? line : "several lines: see autograd/ops";
}

/** The numbers alone, on one line: [1., 2.] */
function plain(x: NDArray | undefined): string {
  return String(x)
    .replace(/^NDArray.*\n/, "")
    .replace(/\s+/g, " ");
}
