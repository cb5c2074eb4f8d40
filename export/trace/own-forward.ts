import { Tensor } from "../../autograd/index.ts";
import type { NDArray } from "../../np/index.ts";
import { leafName } from "./catalogue.ts";
import { isArray } from "./flow.ts";
import type { Problems } from "./problems.ts";
import type { AnyNetwork } from "./traced.ts";

type AnyForward = (...inputs: readonly unknown[]) => unknown;

/**
 * The forward of a part. A layer of the catalogue may have a forward of its own, put there by a hook or
 * by `watch`; then its result must be that of its class, which is what is exported.
 */
export function checkedForward(part: AnyNetwork, forward: AnyForward, problems: Problems): AnyForward {
  if (leafName(part) === null || !Object.hasOwn(part, "forward")) return forward;
  const ofClass = Object.getPrototypeOf(part).forward as AnyForward;
  return (...inputs) => {
    const y = forward(...inputs);
    if (!isSame(y, ofClass.apply(part, [...inputs])))
      problems.add(part, "has a hook, or a forward of its own, that changes its output");
    return y;
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (!isArray(a) || !isArray(b)) return false;
  const [left, right] = [a, b].map((x): NDArray => (x instanceof Tensor ? x.data : x)) as [NDArray, NDArray];
  if (`${left.shape}` !== `${right.shape}`) return false;
  const others = right.flat();
  return left.flat().every((x: number, i: number) => Object.is(x, others[i]));
}
