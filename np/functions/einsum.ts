/** Einstein's summation convention. */
import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { formatShape, sizeOf } from "../shape.ts";
import { transpose } from "./movement.ts";
import { readSubscripts } from "./subscripts.ts";
import { diagonal } from "./triangles.ts";

/** An operand with one label per axis. */
interface Labelled<A> {
  readonly x: A;
  readonly labels: readonly string[];
}

/**
 * The sum over all indices that are not in the output, of the product of the operands:
 * `einsum("ij,jk->ik", a, b)` is yᵢₖ = Σⱼ aᵢⱼ bⱼₖ, the matrix product. A letter per axis; a letter
 * twice in one operand is its diagonal; `...` are all other axes, which broadcast. Without `->` the
 * output has the letters that occur once, in alphabetical order. Operands are multiplied from left to
 * right, two at a time, by a matrix product.
 * @throws ShapeError if subscripts and shapes do not fit; RangeError for subscripts that cannot be read
 * @example einsum("ij,j->i", array([[1, 2], [3, 4]]), array([1, 10])) // [21, 43]
 */
export function einsum<A extends Operators<A>>(subscripts: string, ...operands: readonly A[]): A {
  if (typeof subscripts !== "string")
    throw new TypeError(
      `einsum: the subscripts are ${describe(subscripts)}; expected a string before the operands: einsum("ij,jk->ik", a, b)`,
    );
  for (const x of operands) leader<A>("einsum", x);
  const { inputs, output } = readSubscripts(
    subscripts,
    operands.map((x) => x.shape),
  );
  const lengths = lengthsOf(subscripts, operands, inputs);
  const [first, ...rest] = operands.map((x, i) => distinct({ x, labels: inputs[i] as string[] }, lengths));
  let product = first as Labelled<A>;
  for (const [i, next] of rest.entries()) {
    const later = new Set([...output, ...rest.slice(i + 1).flatMap(({ labels }) => labels)]);
    product = multiply(product, next, later);
  }
  const { x, labels } = sumApart(product, new Set(output));
  return transpose(
    x,
    output.map((label) => labels.indexOf(label)),
  );
}

/** The length of every label; 1 stretches to another length. */
function lengthsOf<A extends Operators<A>>(
  subscripts: string,
  operands: readonly A[],
  inputs: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const [i, labels] of inputs.entries())
    for (const [axis, label] of labels.entries()) {
      const n = operands[i]?.shape[axis] as number;
      const known = lengths.get(label);
      if (known === undefined || known === 1) lengths.set(label, n);
      else if (n !== 1 && n !== known)
        throw new ShapeError(
          `einsum: in "${subscripts}" ${label.length > 1 ? "an axis of ..." : `"${label}"`} has length ${known} in one place and ${n} in another; shapes ${operands.map((x) => formatShape(x.shape)).join(", ")}`,
        );
    }
  return lengths;
}

/** Repeated labels become their diagonal, and axes of length 1 are stretched. */
function distinct<A extends Operators<A>>(
  { x, labels }: Labelled<A>,
  lengths: ReadonlyMap<string, number>,
): Labelled<A> {
  const wide = x.broadcastTo(labels.map((label) => lengths.get(label) as number));
  const second = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (second < 0) return { x: wide, labels };
  const label = labels[second] as string;
  const first = labels.indexOf(label);
  const others = labels.filter((_, i) => i !== first && i !== second);
  return distinct({ x: diagonal(wide, 0, first, second), labels: [...others, label] }, lengths);
}

/** Sums over the axes whose label is not kept. */
function sumApart<A extends Operators<A>>(
  { x, labels }: Labelled<A>,
  kept: ReadonlySet<string>,
): Labelled<A> {
  const axes = labels.flatMap((label, axis) => (kept.has(label) ? [] : [axis]));
  return axes.length === 0
    ? { x, labels }
    : { x: x.sum(axes), labels: labels.filter((label) => kept.has(label)) };
}

/** Σ a · b over the labels that are not needed later. */
function multiply<A extends Operators<A>>(
  a: Labelled<A>,
  b: Labelled<A>,
  later: ReadonlySet<string>,
): Labelled<A> {
  const left = sumApart(a, new Set([...later, ...b.labels]));
  const right = sumApart(b, new Set([...later, ...a.labels]));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => later.has(label));
  const summed = shared.filter((label) => !later.has(label));
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const product = arranged(left, batch, rows, summed).matmul(arranged(right, batch, summed, columns));
  const lengthOf = ({ x, labels }: Labelled<A>, label: string): number =>
    x.shape[labels.indexOf(label)] as number;
  const shape = [
    ...batch.map((label) => lengthOf(left, label)),
    ...rows.map((label) => lengthOf(left, label)),
    ...columns.map((label) => lengthOf(right, label)),
  ];
  return { x: product.reshape(shape), labels: [...batch, ...rows, ...columns] };
}

/** Three groups of axes in this order, each as one axis. */
function arranged<A extends Operators<A>>(
  { x, labels }: Labelled<A>,
  ...groups: readonly (readonly string[])[]
): A {
  const axes = groups.map((group) => group.map((label) => labels.indexOf(label)));
  const lengths = axes.map((group) => sizeOf(group.map((axis) => x.shape[axis] as number)));
  return transpose(x, axes.flat()).reshape(lengths);
}
