import { contracts } from "../../contracts/index.ts";
import { expectParameters, settle } from "../../contracts/internal.ts";
import { maximum, minimum } from "../../np/index.ts";
import { Tensor } from "../tensor.ts";
import { side } from "./optimizer.ts";

/**
 * Clips every element of every gradient to −clipValue … clipValue;
 * the direction of a step may change. NaN stays NaN. Call it between `backward` and `step`.
 * Parameters without a gradient are skipped.
 * @throws RangeError for a bound below 0
 * @see `torch.nn.utils.clip_grad_value_`
 */
export function clipGradValue(parameters: readonly Tensor[], clipValue: number): void {
  settle(contracts.clipGradValue, { parameters, clipValue }, {});
  for (const p of expectParameters("clipGradValue", parameters, side))
    p.grad &&= new Tensor(maximum(minimum(p.grad.data, clipValue), -clipValue));
}
