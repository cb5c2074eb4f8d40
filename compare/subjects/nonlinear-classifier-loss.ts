import { BCELoss, Module, type NonlinearClassifier as OnTape, type Tensor } from "../../autograd/index.ts";
import { Layer, type NonlinearClassifier } from "../../manual/index.ts";
import { array, type NDArray } from "../../np/index.ts";

/** Adapts the lecture's class, which takes the label in `backward` and returns no dx, to a loss of (x, label). */
export class NonlinearClassifierLoss extends Layer<[x: NDArray, label: NDArray], null> {
  readonly net: NonlinearClassifier;
  #label: NDArray | null = null;

  constructor(net: NonlinearClassifier) {
    super();
    this.net = net;
  }

  forward(x: NDArray, label: NDArray): NDArray {
    this.net.forward(x);
    this.#label = label;
    return array(this.net.backward(label)[0]);
  }

  backward(dy: NDArray): null {
    const [, , dW1, dW2] = this.net.backward(this.remembered(this.#label));
    this.net.dW1 = dW1.mul(dy.item());
    this.net.dW2 = dW2.mul(dy.item());
    return null;
  }
}

/** The same network and loss on tape. */
export class NonlinearClassifierLossOnTape extends Module<[x: Tensor, label: NDArray]> {
  readonly net: OnTape;

  constructor(net: OnTape) {
    super();
    this.net = net;
  }

  forward(x: Tensor, label: NDArray): Tensor {
    return new BCELoss().forward(this.net.forward(x), label);
  }
}
