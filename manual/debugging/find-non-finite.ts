import { NDArray } from "../../np/index.ts";
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
import { isLayer, type Layer } from "../layer.ts";
import type { Loss } from "../loss.ts";

/** A layer or a loss. */
interface Observed {
  forward(...inputs: NDArray[]): NDArray;
  backward(dy?: NDArray | number): unknown;
}

/**
 * Runs forward and backward on a batch again and describes which layer produced the first NaN or
 * Infinity, in which pass, and what to try. No weight changes.
 */
export function findNonFinite(model: Layer, batch: Batch, loss: Loss): string {
  expectTrainee("findNonFinite", model, "backward", batch, loss);
  const start = nonFiniteStart(
    batch,
    model.parameters().map(({ name, value }) => [name, value]),
    loss,
  );
  if (start) return start;
  const passages: Passage[] = [];
  const undo = [...partsOf(model, isLayer), { name: "loss", part: loss }].flatMap(({ name, part }) => {
    const title = titleOf({ name, part });
    const parameters = isLayer(part) ? part.parameters() : [];
    return [
      wrapMethod(part as Observed, "forward", (forward) => (...inputs) => {
        const y = forward(...inputs);
        passages.push({ title, pass: "forward", entered: arraysIn(inputs), left: [["its output", y]] });
        return y;
      }),
      wrapMethod(part as Observed, "backward", (backward) => (dy) => {
        const dx = backward(dy);
        const left = arraysIn([dx].flat()).map((x) => ["dx", x] as const);
        const gradients = parameters.map(
          (p) => [`the gradient of ${p.name}`, p.gradient as NDArray] as const,
        );
        passages.push({
          title,
          pass: "backward",
          entered: arraysIn([dy]),
          left: [...left, ...gradients.filter(([, gradient]) => gradient)],
        });
        return dx;
      }),
    ];
  });
  try {
    model.zeroGrad();
    loss.forward(model.forward(batch.x), batch.y);
    model.backward(loss.backward());
    return firstNonFinite(passages);
  } finally {
    for (const unwrap of undo) unwrap();
  }
}

function arraysIn(values: readonly unknown[]): NDArray[] {
  return values.filter((x) => x instanceof NDArray);
}
