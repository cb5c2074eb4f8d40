import { formatShape, type NDArray, ShapeError } from "../../np/index.ts";
import {
  type Contract,
  type None,
  ndarray,
  type Option,
  type OptionTable,
  oneOf,
  optional,
  orNull,
} from "../../np/internal.ts";
import type { Reduction } from "./reduction.ts";

export interface LossOptions {
  /** How the elements become one number; default "mean". */
  readonly reduction?: Reduction;
}

export const lossOptions: OptionTable<LossOptions> = {
  reduction: optional(oneOf("mean", "sum", "none"), "mean"),
};

/** An array of factors, or null for none. */
export const factors: Option<NDArray | null> = optional(orNull(ndarray), null);

/** A loss whose only option is the reduction. */
function plainLoss(name: string): Contract<None, LossOptions> {
  return { name, positional: {}, options: lossOptions };
}

export const L1Loss: Contract<None, LossOptions> = plainLoss("L1Loss");
export const MSELoss: Contract<None, LossOptions> = plainLoss("MSELoss");

/** @throws ShapeError unless there is one factor for every class */
export function expectClassWeight(where: string, weight: NDArray, classes: number): void {
  if (weight.ndim === 1 && weight.shape[0] === classes) return;
  throw new ShapeError(
    `${where}: weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: [${weight.shape.join(", ")}]; expected (${classes},), one factor per class`,
  );
}

/**
 * @throws ShapeError unless the factors broadcast to the shape that they multiply,
 * without enlarging it
 */
export function expectBroadcasts(
  where: string,
  name: string,
  weight: NDArray,
  shape: readonly number[],
): void {
  const lead = shape.length - weight.ndim;
  const fits = lead >= 0 && weight.shape.every((n, axis) => n === 1 || n === shape[lead + axis]);
  if (fits) return;
  throw new ShapeError(
    `${where}: ${name} has shape ${formatShape(weight.shape)}, which does not broadcast to the input's ${formatShape(shape)}; its last axes must be equal to the input's, or 1`,
  );
}
