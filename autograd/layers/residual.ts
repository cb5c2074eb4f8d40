import { contracts } from "../../contracts/index.ts";
import { expectParts, expectSameBranches, settle } from "../../contracts/internal.ts";
import { isModule, Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";
import { Identity } from "./identity.ts";

/**
 * A block with a shortcut: y = main(x) + shortcut(x). ResNet's basic block is a ReLU
 * after `new Residual(new Sequential(conv1, bn1, relu1, conv2, bn2), shortcut)`,
 * where the shortcut is a 1 × 1 convolution if the shape changes.
 * Shapes: x (any that both accept) → y (the shape that both return).
 * @throws ShapeError when main and shortcut return different shapes
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, eq. 1 and 2
 */
export class Residual extends Module {
  readonly main: Module;
  readonly shortcut: Module;

  constructor(main: Module, shortcut: Module = new Identity()) {
    super();
    settle(contracts.Residual, { main, shortcut }, {});
    expectParts(this, { main, shortcut }, isModule);
    this.main = main;
    this.shortcut = shortcut;
  }

  forward(x: Tensor): Tensor {
    const [y, same] = [this.main.forward(x), this.shortcut.forward(x)];
    expectSameBranches("Residual.forward", y.shape, same.shape);
    return y.add(same);
  }
}
