import { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { type ForwardBackward, subjectOf } from "../function-subject.ts";
import type { Subject } from "../subject.ts";
import { classOf, type LayerLike, ownLayer } from "./own-layer.ts";
import { persistentParameters } from "./persistent-parameters.ts";

/** Whether `what` is a pair of functions: an object literal, whose backward also gets the inputs. */
function isPair(what: ForwardBackward | LayerLike): what is ForwardBackward {
  return Object.getPrototypeOf(what) === Object.prototype;
}

/** The name in the report: the class, or the function's own name. */
export function titleOf(what: ForwardBackward | LayerLike): string {
  return isPair(what) ? what.forward.name || "function" : classOf(what);
}

/** The inputs' names in the report: those of a layer's forward, and numbers for a function's. */
export function layerInputNames(what: ForwardBackward | LayerLike, inputs: readonly NDArray[]): string[] {
  if (isPair(what)) return inputs.map((_, i) => `input ${i}`);
  const last = inputs.length > 1 ? ["target"] : [];
  const xs = inputs.slice(last.length).map((_, i) => (i === 0 ? "x" : `x${i + 1}`));
  return [...xs, ...last];
}

/** A pair of functions or a layer as the subject of a check. Runs forward twice, on other numbers first. */
export function subjectOfAny(
  what: ForwardBackward | LayerLike,
  inputs: readonly NDArray[],
  names: readonly string[],
): Subject {
  const others = nearby(what, inputs);
  if (!isPair(what)) {
    expectOutput(what.forward(...inputs.map((x) => x.copy())));
    return ownLayer(what, names, persistentParameters(what, [others, inputs]));
  }
  expectOutput(what.forward(...inputs.map((x) => x.copy())));
  return subjectOf(what, names);
}

/**
 * Inputs close by for a first run, if forward is defined there. A forward that remembers only its
 * first run is then always wrong.
 */
function nearby(what: ForwardBackward | LayerLike, inputs: readonly NDArray[]): readonly NDArray[] {
  const others = inputs.map((x) => (x.dtype === "float64" ? x.mul(1 - 2 ** -10) : x.copy()));
  try {
    what.forward(...others);
    return others;
  } catch {
    return inputs; // not every function accepts every number
  }
}

function expectOutput(y: unknown): asserts y is NDArray {
  if (y instanceof NDArray) return;
  throw new TypeError(
    `gradcheck: forward returned ${describe(y)}, expected an NDArray; mean() and sum() already give one, so leave out .item()`,
  );
}
