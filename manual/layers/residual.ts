import { contracts } from "../../contracts/index.ts";
import { expectParts, expectSameBranches, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { expectDistinctParts, isLayer, Layer } from "../layer.ts";
import { Identity } from "./identity.ts";

/**
 * A block with a shortcut: y = main(x) + shortcut(x). ResNet's basic block is a ReLU
 * after `new Residual(new Sequential(conv1, bn1, relu1, conv2, bn2), shortcut)`,
 * where the shortcut is a 1 × 1 convolution if the shape changes.
 * Shapes: x (any that both accept) → y (the shape that both return).
 * Backward: x goes into both, so dx = main's dx + shortcut's dx.
 * @throws ShapeError when main and shortcut return different shapes
 * @throws TypeError when one layer object is used in two places (chalk only)
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, eq. 1 and 2
 */
export class Residual extends Layer {
  readonly main: Layer;
  readonly shortcut: Layer;

  constructor(main: Layer, shortcut: Layer = new Identity()) {
    super();
    settle(contracts.Residual, { main, shortcut }, {});
    expectParts(this, { main, shortcut }, isLayer);
    this.main = main;
    this.shortcut = shortcut;
    expectDistinctParts(this);
  }

  forward(x: NDArray): NDArray {
    const [y, same] = [this.main.forward(x), this.shortcut.forward(x)];
    expectSameBranches("Residual.forward", y.shape, same.shape);
    return y.add(same);
  }

  backward(dy: NDArray): NDArray {
    return this.main.backward(dy).add(this.shortcut.backward(dy)); // shape of x
  }
}
