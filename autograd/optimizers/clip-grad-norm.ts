import { type ClipGradNormOptions, contracts } from "../../contracts/index.ts";
import { expectParameters, settle, totalNorm } from "../../contracts/internal.ts";
import { formatShape } from "../../np/index.ts";
import { Tensor } from "../tensor.ts";
import { side } from "./optimizer.ts";

/**
 * g ← g · min(1, maxNorm / (‖g‖ + 1e-6)) with one norm ‖g‖ for all gradients together,
 * so that their direction does not change. Returns ‖g‖ before clipping.
 * Call it between `backward` and `step`. Parameters without a gradient are skipped.
 * @throws TypeError when no parameter has a gradient, RangeError when ‖g‖ is not finite;
 * it names the first gradient to blame
 * @see Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013; `torch.nn.utils.clip_grad_norm_`
 */
export function clipGradNorm(
  parameters: readonly Tensor[],
  maxNorm: number,
  options: ClipGradNormOptions = {},
): number {
  const { normType } = settle(contracts.clipGradNorm, { parameters, maxNorm }, options);
  const given = expectParameters("clipGradNorm", parameters, side);
  const named = given.map((p, i) => ({ p, name: `parameter ${i}, of shape ${formatShape(p.shape)},` }));
  const found = named.flatMap(({ p, name }) => (p.grad ? [{ p, name, gradient: p.grad.data }] : []));
  const norm = totalNorm("clipGradNorm", found, normType);
  const scale = maxNorm / (norm + 1e-6);
  if (scale < 1) for (const { p, gradient } of found) p.grad = new Tensor(gradient.mul(scale));
  return norm;
}
