import { NDArray } from "../np/index.ts";
import { expectArgument, functionOf } from "../np/internal.ts";
import { checkGradient, type Gradient } from "./step-back.ts";
import { isTensor } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

/** What registerHook takes: it sees a gradient on its way back, and may return another one in its place. */
export type GradientHook = (gradient: Tensor) => Tensor | NDArray | null | undefined | undefined;

/** What registering a hook returns. */
export interface RemovableHandle {
  /** Takes the hook away again. */
  remove(): void;
}

const aHook = functionOf<(...args: never[]) => unknown>("a function");

/** Keeps a hook in a list of its own place, even if it is registered twice. */
export function register<Hook extends (...args: never[]) => unknown>(
  where: string,
  hooks: Map<object, Hook>,
  hook: Hook,
): RemovableHandle {
  expectArgument(where, "hook", aHook, hook);
  const handle: RemovableHandle = { remove: () => void hooks.delete(handle) };
  hooks.set(handle, hook);
  return handle;
}

/**
 * A tensor's gradient after its hooks, in the order they were registered.
 * @throws TypeError for a hook that returns anything but a gradient of the tensor's shape and dtype, or nothing
 */
export function afterHooks(
  x: Tensor,
  gradient: Gradient,
  createGraph: boolean,
  constant: (x: NDArray) => Tensor,
): Gradient {
  let found = gradient;
  for (const hook of [...(x.hooks?.values() ?? [])]) {
    const given = hook(isTensor(found) ? found : constant(found));
    if (given === undefined || given === null) continue;
    checkGradient("registerHook", "0, as the hook returned it,", given, x);
    found = createGraph ? asTensor(given, constant) : given instanceof NDArray ? given : given.data;
  }
  return found;
}

function asTensor(x: Gradient, constant: (x: NDArray) => Tensor): Tensor {
  return x instanceof NDArray ? constant(x) : x;
}
