import { contracts } from "../../contracts/index.ts";
import { expectParts, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { expectDistinctParts, isLayer, Layer } from "../layer.ts";

/**
 * Applies layers one after the other: y = fₙ(… f₂(f₁(x))).
 * Shapes: those of the layers.
 * Backward: the layers' backward in reverse order (the chain rule).
 * @throws TypeError for anything but a layer: a function needs a class around it
 * @throws TypeError when one layer object is used in two places (chalk only)
 */
export class Sequential extends Layer {
  readonly layers: readonly Layer[];
  /**
   * The index of the first layer with parameters. Nothing before it learns, so it can skip dx
   * if dx of the whole is not wanted.
   */
  readonly #first: number;

  constructor(...layers: Layer[]) {
    super();
    settle(contracts.Sequential, { layers }, {});
    expectParts(this, { layers }, isLayer);
    this.layers = layers;
    expectDistinctParts(this);
    this.#first = layers.findIndex((layer) => layer.parameters().length > 0);
  }

  /** The list whose name is left out of the keys, as in PyTorch's `nn.Sequential`: `0.weight`. */
  get unnamedList(): string {
    return "layers";
  }

  get length(): number {
    return this.layers.length;
  }
  [Symbol.iterator](): Iterator<Layer> {
    return this.layers[Symbol.iterator]();
  }

  forward(x: NDArray): NDArray {
    return this.layers.reduce((y, layer) => layer.forward(y), x);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    return this.layers.reduceRight((d, layer, i) => layer.backward(d, i === this.#first ? options : {}), dy); // shape of x
  }
}
