import { op, type Tensor } from "../../../autograd/index.ts";
import { reachable } from "../../../autograd/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import { inputNames } from "../../subjects/inputs.ts";
import { type AnyModule, onTape } from "../../subjects/sides.ts";
import type { Inputs } from "../evidence.ts";
import { type Call, during, newCall, type Run } from "./calls.ts";
import type { Parts } from "./parts.ts";

/**
 * Runs the tape's forward and backward and records every call of a part. An identity op before and
 * after each part records the gradient that passes through it.
 */
export function recordTape(
  network: AnyModule,
  parts: Parts<AnyModule>,
  inputs: Inputs,
  dy: NDArray,
  differentiable: number = 1,
): Run<AnyModule> {
  const calls: Call<AnyModule>[] = [];
  const stand = [...parts].map(([name, part]) => {
    const { forward } = part;
    const value = (x: Tensor, ...constants: NDArray[]): Tensor => {
      const call = newCall(name, part, x.data, constants);
      calls.push(call);
      const seen = watched(x, (dx) => (call.dx = dx));
      const y = forward.call(part, seen, ...constants);
      call.y = y.data;
      call.ops = reachable(y, seen.node?.time)
        .flatMap(({ node }) => node?.op ?? [])
        .reverse();
      return watched(y, (arrived) => (call.dy = arrived));
    };
    return { owner: part, key: "forward", value };
  });
  return during(stand, () => {
    network.zeroGrad();
    const { xs, constants } = onTape(inputs, differentiable);
    const y = network.forward(...xs, ...constants);
    y.backward(dy);
    const named = network.namedParameters().map(([name, p]) => [name, p.grad?.data ?? null] as const);
    for (const call of calls)
      call.gradients = new Map(call.part.namedParameters().map(([name, p]) => [name, p.grad?.data ?? null]));
    const ofInputs = xs.map(({ grad }, i) => [inputNames[i] as string, grad?.data ?? null] as const);
    const gradients = new Map<string, NDArray | null>([...named, ...ofInputs]);
    const order = calls.map(({ name }) => name).reverse();
    return { calls, order, y: y.data, gradients, threw: null };
  });
}

function watched(x: Tensor, see: (dy: NDArray) => void): Tensor {
  const identity = op(
    (a: NDArray) => a.copy(),
    (dy) => {
      see(dy);
      return dy;
    },
  );
  return identity(x);
}
