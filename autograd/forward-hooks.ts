import { describe } from "../np/internal.ts";
import { wrapMethod } from "../training/internal.ts";
import { type RemovableHandle, register } from "./hooks.ts";
import { isTensor } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

/** Sees the inputs of a forward, and may return others in a list, or one in place of a single input. */
export type ForwardPreHook<Module, In extends readonly unknown[]> = (
  module: Module,
  inputs: In,
) => In | Tensor | null | undefined | undefined;
/** Sees the inputs and the output of a forward, and may return another output. */
export type ForwardHook<Module, In extends readonly unknown[], Out = Tensor> = (
  module: Module,
  inputs: In,
  output: Out,
) => Out | null | undefined | undefined;

/** A module as its hooks need it. */
interface Forward<In extends readonly unknown[], Out> {
  forward(...inputs: In): Out;
}
interface Hooked {
  readonly before: Map<object, (module: never, inputs: never) => unknown>;
  readonly after: Map<object, (module: never, inputs: never, output: never) => unknown>;
}

const hooked = new WeakMap<object, Hooked>();

/** Registers a hook that runs before `forward`. */
export function registerBefore<In extends readonly unknown[], Out, Module extends Forward<In, Out>>(
  module: Module,
  hook: ForwardPreHook<Module, In>,
): RemovableHandle {
  return register("registerForwardPreHook", hooksOf(module).before, hook);
}

/** Registers a hook that runs after `forward`. */
export function registerAfter<In extends readonly unknown[], Out, Module extends Forward<In, Out>>(
  module: Module,
  hook: ForwardHook<Module, In, Out>,
): RemovableHandle {
  return register("registerForwardHook", hooksOf(module).after, hook);
}

/** The hooks of a module, whose `forward` calls them from now on; one without hooks stays as it is. */
function hooksOf<In extends readonly unknown[], Out>(module: Forward<In, Out>): Hooked {
  const known = hooked.get(module);
  if (known) return known;
  const hooks: Hooked = { before: new Map(), after: new Map() };
  hooked.set(module, hooks);
  wrapMethod(module, "forward", (forward) => (...inputs) => {
    let given: readonly unknown[] = inputs;
    for (const hook of [...hooks.before.values()]) {
      const other = hook(module as never, given as never) ?? given;
      given = Array.isArray(other) ? other : [other];
    }
    let y: unknown = forward(...(given as In));
    for (const hook of [...hooks.after.values()]) {
      const other = hook(module as never, given as never, y as never) ?? y;
      if (isTensor(y) && !isTensor(other))
        throw new TypeError(
          `registerForwardHook: the hook returned ${describe(other)}; expected a tensor, or nothing to keep the output`,
        );
      y = other;
    }
    return y as Out;
  });
  return hooks;
}
