import type { Module } from "../autograd/index.ts";

/** How many numbers a model learns: the sizes of its parameters together. */
export function parameterCount(model: Module): number {
  return model.parameters().reduce((sum, { data }) => sum + data.size, 0);
}
