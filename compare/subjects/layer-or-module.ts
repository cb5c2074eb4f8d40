import { Module } from "../../autograd/index.ts";
import { Layer } from "../../manual/index.ts";

/** A network of either side, or a part of one. */
export type LayerOrModule = Layer<readonly unknown[], unknown> | Module<readonly unknown[]>;

/** Whether a value is a network of either side, or a part of one. */
export function isLayerOrModule(value: unknown): value is LayerOrModule {
  return value instanceof Layer || value instanceof Module;
}
