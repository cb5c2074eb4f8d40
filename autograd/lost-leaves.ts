import { formatShape, type NDArray } from "../np/index.ts";
import type { Batch } from "../training/index.ts";
import { lossValue } from "../training/internal.ts";
import type { Loss } from "./loss.ts";
import type { Module } from "./module.ts";
import { isTensor, tensorsIn } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Runs one forward and one backward; `see` gets the loss between them, while its tape is whole.
 */
export function forwardBackward(
  model: Module,
  { x, y }: Batch,
  loss: Loss,
  see: (value: Tensor) => void = () => {},
): { loss: number; prediction: NDArray } {
  const prediction = model.forward(new Tensor(x));
  const value = loss.forward(prediction, y);
  const number = lossValue("computeGradients", loss, value);
  see(value);
  value.backward();
  return { loss: number, prediction: prediction.data };
}

/**
 * Watches the first step of a training loop for parameters that would never learn. A leaf may be
 * left out of the optimizer, to freeze it, only if it was among the model's parameters at the start.
 * @throws TypeError for a leaf that gets a gradient and is in neither
 */
export function lostLeaves(where: string, model: Module, optimizer: object): (value: Tensor) => void {
  const atStart = model.parameters();
  return (value) => {
    const held = parametersOf(optimizer);
    if (held.length === 0) return; // it does not say what it holds
    const known = new Set<unknown>([...held, ...atStart]);
    const lost = leavesOf(value).filter((leaf) => !known.has(leaf));
    if (lost.length === 0) return;
    const names = new Map(model.namedParameters().map(([name, p]) => [p, name]));
    const late = lost.find((leaf) => names.has(leaf));
    if (late)
      throw new TypeError(
        `${where}: the parameter ${names.get(late)}, of shape ${formatShape(late.shape)}, was made after the optimizer, which does not hold it, so it would never learn; make all parts in the constructor, or run one forward before model.parameters()`,
      );
    throw new TypeError(
      `${where}: ${lost.length === 1 ? "a leaf" : `${lost.length} leaves`} of shape ${lost.map(({ shape }) => formatShape(shape)).join(", ")} would never learn: it gets a gradient, but is in no optimizer and not among model.parameters(). A #private field or a variable outside the model is not searched: keep its part in a public field, or in a list, object or Map there, or pass it to the optimizer as well. If it is a constant, leave out requiresGrad or use it inside noGrad`,
    );
  };
}

/** The tensors in an optimizer's groups; empty for an optimizer of one's own without groups. */
export function parametersOf(optimizer: object): Tensor[] {
  const groups: readonly unknown[] =
    "groups" in optimizer && Array.isArray(optimizer.groups) ? optimizer.groups : [];
  return groups
    .flatMap((group) => (group as { readonly parameters?: unknown } | null)?.parameters)
    .filter(isTensor);
}

/** Every leaf that y was made from and that requires a gradient, in the order of forward. Not recursive, because chains may be long. */
function leavesOf(y: Tensor): Tensor[] {
  const seen = new Set<Tensor>([y]);
  for (const { node } of seen) for (const x of tensorsIn(node?.args ?? [])) if (x.requiresGrad) seen.add(x);
  return [...seen].filter(({ node, requiresGrad }) => requiresGrad && node === null).reverse();
}
