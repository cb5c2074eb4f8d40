import { argument, orNull, type Required } from "../../np/internal.ts";
import { type AnyModule, Module } from "../module.ts";
import { Tensor } from "../tensor.ts";

/** An argument that is a tensor. */
export const aTensor: Required<Tensor> = argument("array", "a tensor", (x) => x instanceof Tensor);

/** An argument that is a tensor, or null for none. */
export const tensorOrNull: Required<Tensor | null> = orNull(aTensor, "none");

/** A class of layers, abstract ones included. */
type ClassOf<Layer> = abstract new (...args: never[]) => Layer;

/**
 * A layer that is made without its class's own constructor, since its parameters are given and not drawn.
 * Its `forward` is the class's, so a function and a layer are one computation.
 */
export function withFields<Layer extends AnyModule>(Class: ClassOf<Layer>, fields: Partial<Layer>): Layer {
  return Object.assign(Reflect.construct(Module, [], Class), fields);
}
