import type { NDArray } from "../np/index.ts";
import { type BackwardOptions, expectHistory, filled, upstream, walk } from "./backward.ts";
import { type Node, reachable, tensorsIn } from "./tape.ts";
import { asTensor, Tensor } from "./tensor.ts";

export interface GradientsOptions extends BackwardOptions {
  /** Whether an x that y does not depend on gets zeros instead of an error; default false. */
  readonly materializeGrads?: boolean;
}

/**
 * ∂L/∂x for every x in `xs`, which may be leaves or intermediate results; `dy` = ∂L/∂y, default 1
 * for a scalar. Neither reads nor writes `.grad`. Only the steps between `xs` and y are run and
 * used up.
 * @throws TypeError for an x that y does not depend on, unless `materializeGrads`; also whatever
 * `Tensor.backward` throws
 * @see PyTorch's `torch.autograd.grad`
 */
export function gradients(
  y: Tensor,
  xs: readonly Tensor[],
  dy?: Tensor | NDArray | number,
  options: GradientsOptions = {},
): Tensor[] {
  const { materializeGrads = false } = options;
  if (!materializeGrads) expectHistory("gradients", y);
  const seed = asTensor(upstream("gradients", y, dy));
  const wanted = new Set(xs);
  const onTheWay = between(wanted, y);
  const found = walk(y, seed, options, {
    steps: [...onTheWay].reverse(),
    wants: (x) => wanted.has(x) || onTheWay.has(x),
    constant: asTensor,
    keeps: (x) => wanted.has(x),
  });
  return xs.map((x, i) => {
    const gradient = found.get(x);
    if (gradient) return asTensor(gradient);
    if (materializeGrads) return new Tensor(filled(x, 0));
    throw new TypeError(
      `gradients: One of the differentiated Tensors appears to not have been used in the graph: y does not depend on xs[${i}]${x.requiresGrad ? "" : ", which does not require grad"}; pass { materializeGrads: true } to get zeros`,
    );
  });
}

/**
 * The results on the way from any of the xs to y, earliest first. A step that is used up no longer
 * knows its arguments; it is included, so that walking over it throws.
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
