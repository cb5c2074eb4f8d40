import { functional, type Tensor, tensor } from "../../autograd/index.ts";
import { gradients } from "../../autograd/internal.ts";
import { exp, type NDArray } from "../../np/index.ts";
import type { Backward, Program, Step } from "./program.ts";

/** What a program's operation gives on the package's own tape. */
function applied(
  { operation, axis = null, keepDims = false, shape = [] }: Step,
  a: Tensor,
  b: Tensor,
): Tensor {
  switch (operation) {
    case "add":
      return a.add(b);
    case "mul":
      return a.mul(b);
    case "neg":
      return a.neg();
    case "exp":
      return exp(a);
    case "relu":
      return functional.relu(a);
    case "matmul":
      return a.matmul(b);
    case "sum":
      return a.sum(axis, keepDims);
    case "reshape":
      return a.reshape(shape);
    case "broadcastTo":
      return a.broadcastTo(shape);
  }
}

/** All nodes of a program on the package's own tape, leaves first. */
export function nodesOf({ leaves, learns, steps }: Program): readonly Tensor[] {
  const nodes = leaves.map((x, i) => tensor(x, { requiresGrad: learns?.[i] ?? true }));
  for (const step of steps) {
    let result = nodes[step.a] as Tensor;
    for (let i = 0; i < (step.times ?? 1); i++)
      result = applied(step, result, step.b === step.a ? result : (nodes[step.b ?? 0] as Tensor));
    nodes.push(result);
  }
  return nodes;
}

/** The right values of all nodes, and the right `grad` of each leaf; null for one that gets none. */
export interface Expected {
  readonly values: readonly NDArray[];
  readonly grads: readonly (NDArray | null)[];
}

/** What the leaves hold after these calls of `backward`, from empty gradients on. */
export function expectedOf(program: Program, backwards: readonly Backward[]): Expected {
  const nodes = nodesOf(program);
  for (const { root, upstream } of backwards)
    (nodes[root] as Tensor).backward(upstream, { retainGraph: true });
  const leaves = nodes.slice(0, program.leaves.length);
  return { values: nodes.map((node) => node.data), grads: leaves.map(({ grad }) => grad?.data ?? null) };
}

/** d(root)/d(node) for every node of a program of numbers; 0 for a node that root does not depend on. */
export function slopesOf(program: Program, root: number): readonly number[] {
  const nodes = nodesOf(program);
  return gradients(nodes[root] as Tensor, nodes, undefined, { materializeGrads: true }).map((x) =>
    x.data.item(),
  );
}
