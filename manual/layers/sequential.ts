import { contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { expectDistinctParts, Layer } from "../layer.ts";

/**
 * Layers one after the other: y = fₙ(… f₂(f₁(x))).
 * Shapes: as the layers say.
 * Backward: dx = the layers' backward in reverse order (the chain rule).
 * @throws TypeError when one layer object stands in two places (chalk only)
 */
export class Sequential extends Layer {
  readonly layers: readonly Layer[];
  /** Before it there is nothing to learn, so nobody reads its dx when dx of the whole is not wanted. */
  readonly #first: number;

  constructor(...layers: Layer[]) {
    super();
    settle(contracts.Sequential, { layers }, {});
    this.layers = layers;
    expectDistinctParts(this);
    this.#first = layers.findIndex((layer) => layer.parameters().length > 0);
  }

  /** The list whose layers are numbered without its name, as in PyTorch's `nn.Sequential`: `0.weight`. */
  get unnamedList(): string {
    return "layers";
  }

  forward(x: NDArray): NDArray {
    return this.layers.reduce((y, layer) => layer.forward(y), x);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    return this.layers.reduceRight((d, layer, i) => layer.backward(d, i === this.#first ? options : {}), dy); // shape of x
  }
}
