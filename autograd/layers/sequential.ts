import { contracts } from "../../contracts/index.ts";
import { expectParts, settle } from "../../contracts/internal.ts";
import { isModule, Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Applies layers one after the other: y = fₙ(… f₂(f₁(x))).
 * Shapes: those of the layers.
 * Shared: one layer object may be used in several places. Its gradients add up,
 * and an optimizer sees its parameters once.
 * @throws TypeError for anything but a layer: a function needs a class around it
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Module[]) {
    super();
    settle(contracts.Sequential, { layers }, {});
    expectParts(this, { layers }, isModule);
    this.layers = layers;
  }

  /** The list whose name is left out of the keys, as in PyTorch's `nn.Sequential`: `0.weight`. */
  get unnamedList(): string {
    return "layers";
  }

  get length(): number {
    return this.layers.length;
  }
  [Symbol.iterator](): Iterator<Module> {
    return this.layers[Symbol.iterator]();
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((y, layer) => layer.forward(y), x);
  }
}
