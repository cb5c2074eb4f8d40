import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Layers one after the other: y = fₙ(… f₂(f₁(x))).
 * Shapes: as the layers say.
 * @throws TypeError when one layer object stands in two places
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Module[]) {
    super();
    settle(contracts.Sequential, { layers }, {});
    this.layers = layers;
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((y, layer) => layer.forward(y), x);
  }
}
