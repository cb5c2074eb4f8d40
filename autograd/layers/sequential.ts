import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Layers one after the other: y = fₙ(… f₂(f₁(x))).
 * Shapes: as the layers say.
 * Shared: one layer object may stand in several places; its gradients add up, and it is one parameter to an optimizer.
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Module[]) {
    super();
    settle(contracts.Sequential, { layers }, {});
    this.layers = layers;
  }

  /** The list whose layers are numbered without its name, as in PyTorch's `nn.Sequential`: `0.weight`. */
  get unnamedList(): string {
    return "layers";
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((y, layer) => layer.forward(y), x);
  }
}
