import { ownParameters, returnedGradients } from "../../../gradcheck/internal.ts";
import { NDArray } from "../../../np/index.ts";
import { inputNames } from "../../subjects/inputs.ts";
import type { AnyLayer } from "../../subjects/sides.ts";
import type { Inputs } from "../evidence.ts";
import { type Call, during, newCall, type Run } from "./calls.ts";
import type { Parts } from "./parts.ts";

/** Runs chalk's forward and backward and records every call of a part. An error ends the run and is recorded too. */
export function recordChalk(
  network: AnyLayer,
  parts: Parts<AnyLayer>,
  inputs: Inputs,
  dy: NDArray,
): Run<AnyLayer> {
  const calls: Call<AnyLayer>[] = [];
  const order: string[] = [];
  const stand = [...parts].flatMap(([name, part]) => {
    const { forward, backward } = part;
    const open: Call<AnyLayer>[] = [];
    const recordForward = (...given: NDArray[]): NDArray => {
      const [x, ...constants] = given.map((one) => (one instanceof NDArray ? one.copy() : one));
      const call = newCall(name, part, x as NDArray, constants);
      calls.push(call);
      open.push(call);
      return guarded(call, "forward", () => {
        const y = forward.apply(part, given);
        call.y = y instanceof NDArray ? y.copy() : null;
        return y;
      });
    };
    const recordBackward = (upstream: NDArray): unknown => {
      order.push(name);
      const call = open.pop() ?? newCall(name, part, upstream, []);
      call.dy = upstream instanceof NDArray ? upstream.copy() : null;
      return guarded(call, "backward", () => {
        const dx: unknown = backward.call(part, upstream);
        call.dx = dx instanceof NDArray ? dx.copy() : dx === null || dx === undefined ? dx : "other";
        call.gradients = new Map(gradientsOf(part, (gradient) => gradient.copy()));
        return dx;
      });
    };
    return [
      { owner: part, key: "forward", value: recordForward },
      { owner: part, key: "backward", value: recordBackward },
    ];
  });
  return during(stand, () => {
    let y: NDArray | null = null;
    let dx: unknown = null;
    let pass: "forward" | "backward" = "forward";
    let threw: Run<AnyLayer>["threw"] = null;
    try {
      y = network.forward(...inputs.map((x) => x.copy()));
      pass = "backward";
      dx = network.backward(dy);
    } catch (error) {
      threw = { pass, error };
    }
    const gradients = new Map<string, NDArray | null>(gradientsOf(network, (gradient) => gradient));
    const ofInputs: unknown = Array.isArray(dx) ? dx.slice(0, inputNames.length) : dx;
    for (const [name, gradient] of returnedGradients(network.constructor.name, ofInputs, inputNames, []))
      gradients.set(name, gradient instanceof NDArray ? gradient : null);
    if (dx === undefined) gradients.set("x", null);
    return { calls, order, y, gradients, threw };
  });
}

/** The gradients that backward assigned, by parameter; null where there is none. */
function gradientsOf(
  part: object,
  kept: (gradient: NDArray) => NDArray,
): [name: string, gradient: NDArray | null][] {
  return ownParameters(part).map((p) => {
    const gradient = p.gradient();
    return [p.name, gradient instanceof NDArray ? kept(gradient) : null];
  });
}

function guarded<Part, T>(call: Call<Part>, pass: "forward" | "backward", run: () => T): T {
  try {
    return run();
  } catch (error) {
    call.threw = { pass, error };
    throw error;
  }
}
