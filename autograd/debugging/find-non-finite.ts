import { NDArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import type { Batch } from "../../training/index.ts";
import {
  expectTrainee,
  firstNonFinite,
  nonFiniteStart,
  type Passage,
  partsOf,
  titleOf,
  wrapMethod,
} from "../../training/internal.ts";
import type { Loss } from "../loss.ts";
import { isModule, type Module } from "../module.ts";
import { op } from "../op.ts";
import { Tensor } from "../tensor.ts";

/** A module or a loss. */
interface Observed {
  forward(...inputs: (Tensor | NDArray)[]): Tensor;
}

/** The record of one part in the backward pass. */
interface Seen {
  readonly title: string;
  readonly parameters: readonly (readonly [string, Tensor])[];
  dy: NDArray[];
  dx: NDArray[];
  /** The order in which the parts received their last dx; parts without one come last. */
  end: number;
}

/**
 * Runs forward and backward on a batch again and describes which layer produced the first NaN or
 * Infinity, in which pass, and what to try. No weight changes.
 */
export function findNonFinite(model: Module, batch: Batch, loss: Loss): string {
  expectTrainee("findNonFinite", model, "namedParameters", batch, loss);
  const start = nonFiniteStart(
    batch,
    model.namedParameters().map(([name, { data }]) => [name, data]),
    loss,
  );
  if (start) return start;
  const forwards: Passage[] = [];
  const backwards: Seen[] = [];
  let time = 0;
  const undo = [...partsOf(model, isModule), { name: "loss", part: loss }].map(({ name, part }) => {
    const title = titleOf({ name, part });
    return wrapMethod(part as Observed, "forward", (forward) => (...inputs) => {
      const parameters = isModule(part) ? part.namedParameters() : [];
      const seen: Seen = { title, parameters, dy: [], dx: [], end: Number.POSITIVE_INFINITY };
      backwards.push(seen);
      const arrived = (dx: NDArray): void => {
        seen.dx.push(dx);
        seen.end = time++;
      };
      const y = forward(...inputs.map((x) => (x instanceof Tensor ? watched(x, arrived) : x)));
      const entered = inputs
        .map((x) => (x instanceof Tensor ? x.data : x))
        .filter((x) => x instanceof NDArray);
      forwards.push({ title, pass: "forward", entered, left: [["its output", y.data]] });
      return watched(y, (dy) => void seen.dy.push(dy));
    });
  });
  try {
    model.zeroGrad();
    loss.forward(model.forward(new Tensor(batch.x)), batch.y).backward();
    const inOrder = backwards.sort((a, b) => a.end - b.end);
    return firstNonFinite([...forwards, ...inOrder.map(passage)]);
  } finally {
    for (const unwrap of undo) unwrap();
  }
}

function passage({ title, parameters, dy, dx }: Seen): Passage {
  const gradients = parameters.flatMap(([name, { grad }]) =>
    grad ? [[`the gradient of ${name}`, grad.data] as const] : [],
  );
  return { title, pass: "backward", entered: dy, left: [...dx.map((x) => ["dx", x] as const), ...gradients] };
}

/** Adds an identity step to the tape that shows the passing gradient to `see`. */
function watched(x: Tensor, see: (dy: NDArray) => void): Tensor {
  const identity = op(
    (a: NDArray) => a.copy(),
    (dy) => {
      see(dy);
      return dy;
    },
  );
  // A constant, such as the data, gets a gradient only if it is asked for.
  return identity(x.requiresGrad || !isFloat(x.dtype) ? x : new Tensor(x.data, true));
}
