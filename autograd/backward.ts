import { formatShape, NDArray, ShapeError } from "../np/index.ts";
import { checkGradient, stepBack } from "./step-back.ts";
import { type Node, reachable, recordingIs, tensorsIn } from "./tape.ts";
import { Tensor } from "./tensor.ts";

export interface BackwardOptions {
  /** Keeps the tape for another backward; default: the value of createGraph. */
  readonly retainGraph?: boolean;
  /** Records the backward pass itself, for second derivatives; default false. */
  readonly createGraph?: boolean;
}

export interface GradientsOptions extends BackwardOptions {
  /** Whether an x that y does not depend on gets zeros; default false: it is an error. */
  readonly materializeGrads?: boolean;
}

/** Adds ∂L/∂leaf to the `.grad` of every leaf that y was made from: `Tensor.backward`. */
export function backward(y: Tensor, dy?: Tensor | NDArray | number, options: BackwardOptions = {}): void {
  if (!y.requiresGrad) throw new TypeError(`backward: ${noHistory}`);
  const seed = upstream("backward", y, dy);
  const found = walk(y, seed, options, { steps: reachable(y), wants: (x) => x.requiresGrad });
  recordingIs("backward", options.createGraph ?? false, () => {
    for (const [leaf, gradient] of found) leaf.grad = leaf.grad ? leaf.grad.add(gradient) : gradient;
  });
}

/**
 * ∂L/∂x for every x of `xs`, leaves or results on the way to y; `dy` = ∂L/∂y, default 1 for a scalar. No `.grad` is read or written, and
 * only the steps between the xs and y run and are used up.
 * @throws TypeError for an x that y does not depend on, unless `materializeGrads`; and whatever `Tensor.backward` throws
 * @see PyTorch's `torch.autograd.grad`
 */
export function gradients(
  y: Tensor,
  xs: readonly Tensor[],
  dy?: Tensor | NDArray | number,
  options: GradientsOptions = {},
): Tensor[] {
  const { materializeGrads = false } = options;
  if (!y.requiresGrad && !materializeGrads) throw new TypeError(`gradients: ${noHistory}`);
  const seed = upstream("gradients", y, dy);
  const wanted = new Set(xs);
  const onTheWay = between(wanted, y);
  const found = walk(y, seed, options, {
    steps: [...onTheWay].reverse(),
    wants: (x) => wanted.has(x) || onTheWay.has(x),
    keeps: (x) => wanted.has(x),
  });
  return xs.map((x, i) => {
    const gradient = found.get(x);
    if (gradient) return gradient;
    if (materializeGrads) return new Tensor(filled(x, 0));
    throw new TypeError(
      `gradients: One of the differentiated Tensors appears to not have been used in the graph: y does not depend on xs[${i}]${x.requiresGrad ? "" : ", which does not require grad"}; pass { materializeGrads: true } to get zeros`,
    );
  });
}

const noHistory =
  "this tensor does not require grad and was not computed from one that does; make a leaf with tensor(…, { requiresGrad: true })";

/** dy as a tensor of y's shape and dtype. */
function upstream(where: string, y: Tensor, dy?: Tensor | NDArray | number): Tensor {
  if (dy === undefined && y.size !== 1) {
    throw new ShapeError(
      `${where}: grad can be implicitly created only for scalar outputs, this has shape ${formatShape(y.shape)}; pass dy, or take .sum() or .mean() first`,
    );
  }
  const seed = dy instanceof Tensor ? dy : new Tensor(dy instanceof NDArray ? dy : filled(y, dy ?? 1));
  checkGradient(where, "dy", seed, y);
  return seed;
}

function filled(like: Tensor, value: number): NDArray {
  const x = NDArray.empty(like.shape, like.dtype);
  x.flat().fill(value);
  return x;
}

/**
 * The results whose steps lead from one of the xs to y, earliest first. Where a step that was used up came from is not known: it
 * counts, so that walking over it throws.
 */
function between(xs: ReadonlySet<Tensor>, y: Tensor): Set<Tensor> {
  const since = Math.min(...[...xs].map((x) => x.node?.time ?? 0));
  const found = new Set<Tensor>();
  for (const result of reachable(y, since).reverse()) {
    const { args } = result.node as Node;
    if (!args || tensorsIn(args).some((x) => xs.has(x) || found.has(x))) found.add(result);
  }
  return found;
}

/** What part of the tape is walked. */
interface Part {
  /** Results, latest first. */
  readonly steps: readonly Tensor[];
  /** Whose gradients are computed. */
  readonly wants: (x: Tensor) => boolean;
  /** Which results' gradients are kept after their step; default none. */
  readonly keeps?: (x: Tensor) => boolean;
}

/**
 * Walks the tape from its end: a tensor's gradient is complete before its step is visited, because everything computed from it
 * came later. Gradients that meet are added. What is left are the gradients of leaves, and those that are kept.
 * @see Baydin et al., "Automatic Differentiation in Machine Learning: a Survey", JMLR 18 (2018), section 3.2
 */
function walk(
  root: Tensor,
  dy: Tensor,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
  { steps, wants, keeps = () => false }: Part,
): Map<Tensor, Tensor> {
  const found = new Map<Tensor, Tensor>([[root, createGraph ? dy : dy.detach()]]);
  recordingIs("backward", createGraph, () => {
    for (const y of steps) {
      const gradient = found.get(y);
      if (!gradient) continue;
      if (!keeps(y)) found.delete(y);
      const node = y.node as Node;
      for (const [x, dx] of stepBack(node, y, gradient, { createGraph, wants })) {
        const sum = found.get(x);
        found.set(x, sum ? sum.add(dx) : dx);
      }
      if (!retainGraph) node.args = null;
    }
  });
  return found;
}
