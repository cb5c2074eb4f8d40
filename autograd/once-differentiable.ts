import { expectArgument, functionOf, text } from "../np/internal.ts";
import type { AnyVjp } from "./tape.ts";

const reasons = new WeakMap<object, string>();

/**
 * Marks a vjp that has no derivative itself, for example because it works on raw numbers:
 * `op(forward, onceDifferentiable("a loop over raw numbers", (dy, x) => …))`. Under `createGraph`
 * it throws a TypeError with the op's name and the reason; otherwise it runs unchanged.
 * @see PyTorch's `torch.autograd.function.once_differentiable`
 */
export function onceDifferentiable<Vjp extends (...args: never[]) => unknown>(reason: string, vjp: Vjp): Vjp {
  expectArgument("onceDifferentiable", "reason", text, reason);
  expectArgument("onceDifferentiable", "vjp", functionOf<Vjp>("a function of dy and the arguments"), vjp);
  if (reason.trim() === "") throw new RangeError("onceDifferentiable: give the reason, not an empty text");
  const marked = ((...args: never[]) => vjp(...args)) as Vjp;
  reasons.set(marked, reason);
  return marked;
}

/** Why a vjp cannot be differentiated again; null for one that can. */
export function onceReason(vjp: AnyVjp): string | null {
  return vjp === null ? null : (reasons.get(vjp) ?? null);
}

/** One vjp that cannot be differentiated again. */
export interface OnceOnly {
  readonly op: string;
  /** The index of the argument; a list of arrays counts as one. */
  readonly argument: number;
  readonly reason: string;
}

/** Every vjp of a sheet that cannot be differentiated again, with its reason: `onceOnly(ops)`. */
export function onceOnly(sheet: { readonly [op: string]: readonly AnyVjp[] }): OnceOnly[] {
  return Object.entries(sheet).flatMap(([op, vjps]) =>
    vjps.flatMap((vjp, argument): OnceOnly[] => {
      const reason = onceReason(vjp);
      return reason === null ? [] : [{ op, argument, reason }];
    }),
  );
}
