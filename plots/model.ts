import { type DType, NDArray } from "../np/index.ts";
import { argument, describe, held, isClass, type Required } from "../np/internal.ts";
import type { HoldsArray } from "./numbers.ts";

/** Any object with a forward of arrays or tensors, or a function of arrays: a network of either side. */
export type DrawnModel = { forward(x: never): NDArray | HoldsArray } | ((x: NDArray) => NDArray | HoldsArray);

interface Part {
  training: boolean;
}

export const someModel: Required<DrawnModel> = argument<DrawnModel>(
  "layer",
  "a model: an object with a forward, or a function of arrays",
  (x) => forwardOf(x) !== null,
);

/**
 * Runs a model on an array, in evaluation mode, and restores the mode of each of its parts. A model
 * on tape gets a tensor of its parameters' class; x is given in the dtype of the parameters.
 * @throws TypeError for a result that is not an array or a tensor
 */
export function predict(where: string, model: DrawnModel, x: NDArray): NDArray {
  const forward = forwardOf(model);
  const modes = [...partsOf(model)].map((part) => [part, part.training] as const);
  for (const [part] of modes) part.training = false;
  try {
    const result = forward?.(inputOf(model, x));
    if (result instanceof NDArray) return result;
    if (typeof result === "object" && result !== null && "data" in result && result.data instanceof NDArray)
      return result.data;
    throw new TypeError(`${where}: the model returns ${describe(result)}, expected an array or a tensor`);
  } finally {
    for (const [part, mode] of modes) part.training = mode;
  }
}

function forwardOf(model: unknown): ((x: unknown) => unknown) | null {
  if (typeof model === "function") return isClass(model) ? null : (x) => Reflect.apply(model, undefined, [x]);
  if (typeof model !== "object" || model === null || !("forward" in model)) return null;
  const { forward } = model;
  return typeof forward === "function" ? (x) => Reflect.apply(forward, model, [x]) : null;
}

/** x as the model takes it: plots knows no tensors, but a parameter that is one has a class that makes them. */
function inputOf(model: DrawnModel, x: NDArray): unknown {
  if (typeof model === "function") return x;
  const first = firstParameter(model);
  if (typeof first !== "object" || first === null) return x;
  if ("data" in first && first.data instanceof NDArray)
    return Reflect.construct(first.constructor, [asFloat(x, first.data.dtype)]);
  if ("value" in first && first.value instanceof NDArray) return asFloat(x, first.value.dtype);
  return x;
}

function firstParameter(model: object): unknown {
  const parameters: unknown = Reflect.get(model, "parameters");
  const all: unknown = typeof parameters === "function" ? Reflect.apply(parameters, model, []) : [];
  return Array.isArray(all) ? all[0] : undefined;
}

function asFloat(x: NDArray, dtype: DType): NDArray {
  return x.dtype === dtype ? x : x.astype(dtype);
}

/** A model and everything inside it that has a training mode. */
function* partsOf(value: unknown, seen: Set<unknown> = new Set()): Generator<Part> {
  if (typeof value !== "object" || value === null || seen.has(value) || value instanceof NDArray) return;
  seen.add(value);
  if (!("forward" in value)) return;
  if (isPart(value)) yield value;
  for (const field of Object.values(value)) {
    for (const { value: inner } of held(field)) yield* partsOf(inner, seen);
  }
}

function isPart(value: object): value is Part {
  return "training" in value && typeof value.training === "boolean";
}
