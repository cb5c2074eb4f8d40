import { Module, type Tensor } from "chalk-and-tape/autograd";
import type { AnyNetwork } from "chalk-and-tape/export";

/** A network of these parts with this forward. */
export function own<Parts extends object>(
  parts: Parts,
  forward: (parts: Parts, x: Tensor) => Tensor,
): AnyNetwork {
  return new (class Own extends Module {
    readonly parts = parts;
    forward(x: Tensor): Tensor {
      return forward(this.parts, x);
    }
  })();
}
